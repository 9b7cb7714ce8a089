'use client';

import { useRouter } from 'next/navigation';
import { JobProgress } from '@/components/jobs/job-progress';
import type { LiveJob } from '@/components/jobs/use-job';

/** The running job of an import; the page is brought up to date when it ends. */
export function ImportProgress(props: {
  workspace: string;
  job: LiveJob;
  /** What a person should know while it runs. */
  note: string;
  canCancel?: boolean;
}) {
  const { workspace, job, note, canCancel } = props;
  const router = useRouter();
  return (
    <div className="max-w-form">
      <JobProgress
        workspace={workspace}
        jobId={job.id}
        initial={job}
        canCancel={canCancel}
        onEnd={() => router.refresh()}
      />
      <p className="mt-4 text-13 text-ink-3">{note}</p>
    </div>
  );
}
