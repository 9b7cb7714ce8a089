'use client';

import { useTranslations } from 'next-intl';
import { JobProgress } from '../jobs/job-progress';
import type { LiveJob } from '../jobs/use-job';
import { Callout } from '../ui/callout';

export interface ErasingProps {
  workspace: string;
  jobId: string;
  /** The job once it has ended. */
  ended: LiveJob | null;
  /** What is said when it ended well. */
  done: string;
  onEnd: (job: LiveJob) => void;
}

/** An erasure under way, and how it ended. */
export function Erasing({ workspace, jobId, ended, done, onEnd }: ErasingProps) {
  const t = useTranslations('lineage.confirm');
  const tAll = useTranslations();
  if (!ended)
    return (
      <div className="max-w-form">
        <JobProgress workspace={workspace} jobId={jobId} canCancel={false} onEnd={onEnd} />
      </div>
    );
  if (ended.state === 'done') return <Callout kind="success">{done}</Callout>;
  const reason = tAll(
    (ended.errorCode ?? 'errors.unexpected') as never,
    (ended.errorValues ?? {}) as never,
  );
  return <Callout kind="blocker">{t('stopped', { reason })}</Callout>;
}
