import { useTranslations } from 'next-intl';
import type { CurveResult } from '@/lib/curves/curve-queries';
import type { CurveAnswer } from '@/lib/curves/curve-rules';
import { Callout, type CalloutKind } from '../ui/callout';
import { Section } from '../ui/section';
import { BeginCurve } from './begin-curve';
import { CurveChart } from './curve-chart';
import { CurveExpert } from './curve-expert';
import { CurveTable } from './curve-table';
import { WritingHours } from './writing-hours';

export interface CurveSectionProps {
  workspace: string;
  modelId: string;
  curve: CurveResult;
  canBegin: boolean;
}

const LOOKS = {
  likely: 'success',
  unlikely: 'info',
  cannot_tell: 'info',
} as const satisfies Record<CurveAnswer['answer'], CalloutKind>;

/** Whether more examples will help, by trainings on parts of the release. */
export function CurveSection({ workspace, modelId, curve, canBegin }: CurveSectionProps) {
  const t = useTranslations('curves');
  const tAll = useTranslations();
  const { answer, job, points, left } = curve;
  const isBusy = job?.state === 'queued' || job?.state === 'running';
  return (
    <Section title={t('title')} description={t('description')}>
      {job?.state === 'failed' && left > 0 ? (
        <Callout kind="blocker">
          {tAll((job.errorCode ?? 'errors.unexpected') as never, (job.errorValues ?? {}) as never)}
        </Callout>
      ) : null}
      {answer ? (
        <Callout kind={LOOKS[answer.answer]} title={t(`answer.${answer.answer}`)}>
          {t(`answer.${answer.answer}Text`)}
        </Callout>
      ) : null}
      {left > 0 || isBusy ? (
        <BeginCurve
          key={job?.id}
          workspace={workspace}
          modelId={modelId}
          left={left}
          minutes={Math.max(1, Math.round(curve.expectedSeconds / 60))}
          isFirst={points.length === 0}
          jobId={isBusy ? job.id : null}
          canBegin={canBegin}
        />
      ) : null}
      {answer ? <CurveChart points={points} answer={answer} /> : null}
      {points.length > 0 ? <CurveTable points={points} /> : null}
      <WritingHours examples={curve.trainingExamples} />
      {answer ? <CurveExpert answer={answer} /> : null}
    </Section>
  );
}
