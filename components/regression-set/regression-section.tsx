import { useFormatter, useTranslations } from 'next-intl';
import type { RegressionResult } from '@/lib/regression-set/result-queries';
import { Callout, type CalloutKind } from '../ui/callout';
import { Section } from '../ui/section';
import { AskRegression } from './ask-regression';
import { RegressionExpert } from './regression-expert';
import { RegressionTable } from './regression-table';

export interface RegressionSectionProps {
  workspace: string;
  modelId: string;
  result: RegressionResult;
  canAsk: boolean;
}

const LOOKS = {
  worse: 'warning',
  to_look_at: 'warning',
  incomplete: 'info',
  not_asked: 'info',
  not_worse: 'success',
} as const satisfies Record<RegressionResult['comparison']['standing'], CalloutKind>;

/** How a model did beside its base model on what it must not unlearn. */
export function RegressionSection({ workspace, modelId, result, canAsk }: RegressionSectionProps) {
  const t = useTranslations('regression');
  const tAll = useTranslations();
  const format = useFormatter();
  const { comparison, job } = result;
  const { standing, kinds, missing, unanswered } = comparison;
  const isBusy = job?.state === 'queued' || job?.state === 'running';
  const isAtFault = standing === 'to_look_at' ? 'mayBeWorse' : 'isWorse';
  const atFault = kinds.filter((one) => one[isAtFault]);
  const values = {
    kinds: format.list(atFault.map(({ kind }) => t(`kinds.${kind}`))),
    doubtful: atFault.reduce((sum, one) => sum + one.doubtful.length, 0),
    missing,
    unanswered,
  };
  return (
    <Section title={t('title')} description={t('description')}>
      {job?.state === 'failed' && missing > 0 ? (
        <Callout kind="blocker">
          {tAll((job.errorCode ?? 'errors.unexpected') as never, (job.errorValues ?? {}) as never)}
        </Callout>
      ) : null}
      {isBusy && standing === 'not_asked' ? null : (
        <Callout kind={LOOKS[standing]} title={t(`standing.${standing}`)}>
          {t(`standing.${standing}Text`, values)}
        </Callout>
      )}
      {missing > 0 || isBusy ? (
        <AskRegression
          key={job?.id}
          workspace={workspace}
          modelId={modelId}
          missing={missing}
          isFirst={standing === 'not_asked'}
          jobId={isBusy ? job.id : null}
          canAsk={canAsk}
        />
      ) : null}
      {standing === 'not_asked' ? null : (
        <>
          <RegressionTable base={`/w/${workspace}/models/${modelId}/regression`} kinds={kinds} />
          <RegressionExpert kinds={kinds} />
        </>
      )}
    </Section>
  );
}
