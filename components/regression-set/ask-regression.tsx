'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { askRegressionSetAction } from '@/lib/regression-set/regression-actions';
import { useAct } from '../accounts/use-act';
import { JobProgress } from '../jobs/job-progress';
import { Button } from '../ui/button';

export interface AskRegressionProps {
  workspace: string;
  modelId: string;
  /** Items that were not asked yet. */
  missing: number;
  isFirst: boolean;
  /** The job that asks now, if one does. */
  jobId: string | null;
  canAsk: boolean;
}

/** Lets base and tuned model be asked what is missing, and shows how far that is. */
export function AskRegression(props: AskRegressionProps) {
  const { workspace, modelId, missing, isFirst, jobId, canAsk } = props;
  const t = useTranslations('regression.ask');
  const router = useRouter();
  const { act, pending } = useAct();
  if (jobId)
    return (
      <JobProgress
        workspace={workspace}
        jobId={jobId}
        canCancel={canAsk}
        onEnd={() => router.refresh()}
      />
    );
  if (!canAsk) return null;
  return (
    <Button
      className="self-start"
      pending={pending}
      onClick={() => void act(() => askRegressionSetAction({ workspace, modelId }), t('begun'))}
    >
      {isFirst ? t('button') : t('more', { count: missing })}
    </Button>
  );
}
