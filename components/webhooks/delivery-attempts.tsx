import { useTranslations } from 'next-intl';
import type { DeliveryOutcome } from '@/lib/webhooks/webhook-events';
import type { DeliveryRow } from '@/lib/webhooks/webhook-queries';
import { RelativeTime } from '../ui/relative-time';

/** The last attempt of a delivery and when the next one is; those before it behind a fold. */
export function DeliveryAttempts({ row }: { row: DeliveryRow }) {
  const t = useTranslations('webhooks.log');
  const [last, ...before] = row.log;
  return (
    <>
      {last ? <Attempt attempt={last} /> : null}
      {row.state === 'skipped' ? <p>{t('skippedText')}</p> : null}
      {row.nextAttemptAt ? (
        <p className="text-12 text-ink-3">
          {t.rich('next', { time: () => <RelativeTime value={row.nextAttemptAt ?? ''} /> })}
        </p>
      ) : null}
      {before.length > 0 ? (
        <details>
          <summary className="min-h-6 cursor-pointer text-12 text-ink-3">
            {t('more', { count: before.length })}
          </summary>
          {before.map((attempt) => (
            <Attempt key={attempt.number} attempt={attempt} />
          ))}
        </details>
      ) : null}
    </>
  );
}

function Attempt({ attempt }: { attempt: DeliveryRow['log'][number] }) {
  const t = useTranslations('webhooks');
  return (
    <p>
      {t(`outcomes.${attempt.outcome as DeliveryOutcome}`, { status: String(attempt.status) })}
      <span className="block text-12 text-ink-3">
        <RelativeTime value={attempt.at} />{' '}
        {t('log.duration', { seconds: attempt.durationMs / 1_000 })}
      </span>
    </p>
  );
}
