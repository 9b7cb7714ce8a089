import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { DeliveryOutcome } from '@/lib/webhooks/webhook-events';
import type { WebhookRow } from '@/lib/webhooks/webhook-queries';
import { RelativeTime } from '../ui/relative-time';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table';
import { WebhookState } from './webhook-state';

export interface WebhooksTableProps {
  workspace: string;
  webhooks: WebhookRow[];
}

/** The webhooks of a workspace; each leads to its page. */
export function WebhooksTable({ workspace, webhooks }: WebhooksTableProps) {
  const t = useTranslations('webhooks.table');
  return (
    <Table label={t('label')}>
      <TableHead>
        <TableHeader>{t('address')}</TableHeader>
        <TableHeader>{t('state')}</TableHeader>
        <TableHeader className="max-sm:hidden">{t('events')}</TableHeader>
        <TableHeader className="max-sm:hidden">{t('last')}</TableHeader>
      </TableHead>
      <TableBody>
        {webhooks.map((webhook) => (
          <TableRow key={webhook.id}>
            <TableCell header className="min-w-40">
              <Link
                href={`/w/${workspace}/settings/webhooks/${webhook.id}`}
                dir="ltr"
                className="break-all text-accent-ink hover:underline"
              >
                {webhook.url}
              </Link>
            </TableCell>
            <TableCell>
              <WebhookState webhook={webhook} />
            </TableCell>
            <TableCell className="whitespace-nowrap max-sm:hidden">
              {t('eventCount', { count: webhook.events.length })}
            </TableCell>
            <TableCell className="max-sm:hidden">
              {webhook.last ? <LastAttempt last={webhook.last} /> : t('never')}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function LastAttempt({ last }: { last: NonNullable<WebhookRow['last']> }) {
  const t = useTranslations('webhooks.outcomes');
  return (
    <>
      {t(last.outcome as DeliveryOutcome, { status: String(last.status) })}
      <span className="block text-12 text-ink-3">
        <RelativeTime value={last.at} />
      </span>
    </>
  );
}
