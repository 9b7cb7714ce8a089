import { useTranslations } from 'next-intl';
import { Callout } from '@/components/ui/callout';
import { RelativeTime } from '@/components/ui/relative-time';
import { StatusDot } from '@/components/ui/status-dot';
import type { ChainState } from '@/lib/audit/audit-queries';

/** How far the record is sealed and anchored, or that it does not hold. */
export function ChainStatus({ state }: { state: ChainState }) {
  const t = useTranslations('audit.chain');
  const { sealed, waiting, anchored, isBroken } = state;
  if (isBroken && anchored)
    return <Callout kind="blocker">{t('broken', { sequence: anchored.sequence })}</Callout>;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-13 text-ink-2">
      <StatusDot tone={anchored ? 'positive' : 'neutral'}>
        {t('sealed', { entries: sealed })}
      </StatusDot>
      <span>
        {anchored ? (
          <>
            {t('anchored', { sequence: anchored.sequence })}, <RelativeTime value={anchored.at} />
          </>
        ) : (
          t('notAnchored')
        )}
      </span>
      {waiting > 0 ? <span>{t('waiting', { count: waiting })}</span> : null}
      <span className="text-ink-3">{t('verify')}</span>
    </div>
  );
}
