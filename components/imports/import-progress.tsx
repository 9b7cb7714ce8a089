'use client';

import { useRouter } from 'next/navigation';
import { JobProgress } from '@/components/jobs/job-progress';

/** The running job of an import; the page is brought up to date when it ends. */
export function ImportProgress(props: { workspace: string; jobId: string; canCancel?: boolean }) {
  const router = useRouter();
  return (
    <div className="max-w-form">
      <JobProgress {...props} onEnd={() => router.refresh()} />
    </div>
  );
}
