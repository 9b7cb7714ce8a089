'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { JobProgress } from '../jobs/job-progress';
import { Callout } from '../ui/callout';

export interface RecheckStatusProps {
  workspace: string;
  job: { id: string; state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled' };
}

/** The examples are being checked by new rules, or could not all be. */
export function RecheckStatus({ workspace, job }: RecheckStatusProps) {
  const t = useTranslations('brief.recheck');
  const router = useRouter();
  if (job.state === 'failed') return <Callout kind="warning">{t('failed')}</Callout>;
  if (job.state !== 'queued' && job.state !== 'running') return null;
  return (
    <div className="max-w-form">
      <JobProgress
        key={job.id}
        workspace={workspace}
        jobId={job.id}
        canCancel={false}
        onEnd={() => router.refresh()}
      />
      <p className="text-13 text-ink-3">{t('note')}</p>
    </div>
  );
}
