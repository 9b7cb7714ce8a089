'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { beginCurveAction } from '@/lib/curves/curve-actions';
import { useAct } from '../accounts/use-act';
import { JobProgress } from '../jobs/job-progress';
import { Button } from '../ui/button';

export interface BeginCurveProps {
  workspace: string;
  modelId: string;
  /** Trainings that did not end yet. */
  left: number;
  /** What they are expected to take. */
  minutes: number;
  isFirst: boolean;
  /** The job that trains now, if one does. */
  jobId: string | null;
  canBegin: boolean;
}

/** Says what the trainings take and begins them, or shows how far they are. */
export function BeginCurve(props: BeginCurveProps) {
  const { workspace, modelId, left, minutes, isFirst, jobId, canBegin } = props;
  const t = useTranslations('curves.begin');
  const router = useRouter();
  const { act, pending } = useAct();
  if (jobId)
    return (
      <JobProgress
        workspace={workspace}
        jobId={jobId}
        canCancel={canBegin}
        onEnd={() => router.refresh()}
      />
    );
  if (!canBegin) return null;
  return (
    <div className="flex flex-col gap-2">
      <p className="max-w-reading text-14 text-ink-2">{t('quote', { count: left, minutes })}</p>
      <Button
        className="self-start"
        pending={pending}
        onClick={() => void act(() => beginCurveAction({ workspace, modelId }), t('begun'))}
      >
        {isFirst ? t('button') : t('more')}
      </Button>
    </div>
  );
}
