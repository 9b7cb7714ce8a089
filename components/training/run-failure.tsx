import { useTranslations } from 'next-intl';
import { Callout } from '@/components/ui/callout';
import type { LiveRun } from './use-run';

/** What happened, what it cost, what to do. */
export function RunFailure({ run }: { run: LiveRun }) {
  const t = useTranslations('training');
  const code =
    run.errorCode && t.has(`failures.${run.errorCode}.what` as never) ? run.errorCode : 'internal';
  const values = (run.errorValues ?? {}) as Record<string, string | number>;
  return (
    <Callout
      kind="blocker"
      title={t(`failures.${code}.what` as never, { count: 0, ...values } as never)}
    >
      {t(`failures.${code}.todo` as never)} {t('run.cost')}
    </Callout>
  );
}
