import { useTranslations } from 'next-intl';
import { LinkButton } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import type { previewRelease } from '@/lib/releases/release-queries';
import { FEW_HELD_OUT } from '@/lib/releases/release-schema';

type Preview = Awaited<ReturnType<typeof previewRelease>>;

/** What an admin should know before freezing: what forbids it first, then what to think about. */
export function PreviewWarnings({
  base,
  preview,
  reserveMore,
}: {
  base: string;
  preview: Preview;
  reserveMore: boolean;
}) {
  const t = useTranslations('releases.preview');
  const { approvedBrief, newestBriefVersion, tokenBriefVersion, counts, refusal } = preview;
  const byToken = counts.excluded.approved_by_token ?? 0;
  const toBrief = (
    <LinkButton size="small" href={`${base}/brief`}>
      {t('toBrief')}
    </LinkButton>
  );
  const isOlder = approvedBrief && newestBriefVersion && approvedBrief.version < newestBriefVersion;
  return (
    <div className="flex max-w-3xl flex-col gap-2">
      {approvedBrief ? null : (
        <Callout kind="blocker" action={toBrief}>
          {tokenBriefVersion === null
            ? t('noBrief')
            : t('briefByToken', { version: tokenBriefVersion })}
        </Callout>
      )}
      {refusal ? <Callout kind="blocker">{t(`refusal.${refusal}`)}</Callout> : null}
      {isOlder ? (
        <Callout kind="warning" action={toBrief}>
          {t('newerBrief', { version: approvedBrief.version, newest: newestBriefVersion })}{' '}
          {tokenBriefVersion === null ? null : t('briefByToken', { version: tokenBriefVersion })}
        </Callout>
      ) : null}
      {byToken > 0 ? (
        <Callout
          kind="warning"
          action={
            <LinkButton size="small" href={`${base}/settings`}>
              {t('toSettings')}
            </LinkButton>
          }
        >
          {t('byToken', { count: byToken })}
        </Callout>
      ) : null}
      {!refusal && approvedBrief && counts.olderBrief > 0 ? (
        <Callout kind="warning">{t('olderBrief', { count: counts.olderBrief })}</Callout>
      ) : null}
      {!refusal && counts.heldOut < FEW_HELD_OUT ? (
        <Callout
          kind="warning"
          action={
            reserveMore ? null : (
              <LinkButton size="small" href={`${base}/releases/new?reserve=more`}>
                {t('reserve')}
              </LinkButton>
            )
          }
        >
          {t('fewHeldOut', { count: counts.heldOut })} {reserveMore ? t('reserveAll') : null}
        </Callout>
      ) : null}
      {!refusal && reserveMore ? (
        <Callout
          action={
            <LinkButton size="small" href={`${base}/releases/new`}>
              {t('reserveLess')}
            </LinkButton>
          }
        >
          {t('reserved')}
        </Callout>
      ) : null}
    </div>
  );
}
