import { useFormatter, useTranslations } from 'next-intl';
import type { WebhookEventType } from '@/lib/webhooks/webhook-events';
import type { DeliveryRow } from '@/lib/webhooks/webhook-queries';
import { RelativeTime } from '../ui/relative-time';
import { StatusDot } from '../ui/status-dot';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table';
import type { Tone } from '../ui/tone';
import { DeliveryAttempts } from './delivery-attempts';
import { ResendButton } from './resend-button';

const TONES: Record<DeliveryRow['state'], Tone> = {
  delivered: 'positive',
  waiting: 'caution',
  failed: 'negative',
  skipped: 'muted',
};

export interface DeliveryLogProps {
  workspace: string;
  rows: DeliveryRow[];
  /** Nothing is sent again while the webhook is off. */
  isOn: boolean;
}

/** What was sent to a webhook and what came of it. */
export function DeliveryLog({ workspace, rows, isOn }: DeliveryLogProps) {
  const t = useTranslations('webhooks.log');
  return (
    <Table label={t('label')}>
      <TableHead>
        <TableHeader>{t('what')}</TableHeader>
        <TableHeader>{t('outcome')}</TableHeader>
        <TableHeader align="end">
          <span className="sr-only">{t('actions')}</span>
        </TableHeader>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <DeliveryLogRow key={row.id} workspace={workspace} row={row} isOn={isOn} />
        ))}
      </TableBody>
    </Table>
  );
}

function DeliveryLogRow(props: { workspace: string; row: DeliveryRow; isOn: boolean }) {
  const { workspace, row, isOn } = props;
  const t = useTranslations('webhooks');
  const format = useFormatter();
  const event = t(`events.${row.event.type as WebhookEventType}`);
  return (
    <TableRow>
      <TableCell header className="align-top sm:min-w-44">
        {event}
        <span className="block text-12 text-ink-3">
          <RelativeTime value={row.createdAt} />
        </span>
        <details className="text-12 text-ink-3">
          <summary className="min-h-6 cursor-pointer">{t('log.body')}</summary>
          <p className="break-all">{t('log.id', { id: row.event.id })}</p>
          <pre dir="ltr" className="mt-1 max-w-md font-mono break-all whitespace-pre-wrap">
            {row.event.body}
          </pre>
        </details>
      </TableCell>
      <TableCell className="min-w-36 align-top">
        <StatusDot tone={TONES[row.state]}>{t(`log.${row.state}`)}</StatusDot>
        <DeliveryAttempts row={row} />
      </TableCell>
      <TableCell align="end" className="align-top">
        {isOn ? (
          <ResendButton
            workspace={workspace}
            deliveryId={row.id}
            label={t('log.resendOf', { event, time: format.dateTime(row.createdAt, 'moment') })}
          />
        ) : null}
      </TableCell>
    </TableRow>
  );
}
