'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { JobProgress } from '../jobs/job-progress';
import type { LiveJob } from '../jobs/use-job';
import { Section } from '../ui/section';

type Props = { workspace: string; job: LiveJob; canCancel: boolean };

/** The answers on their way: by measure, with a way to stop. */
export function ProofProgress({ workspace, job, canCancel }: Props) {
  const t = useTranslations('proofs.progress');
  const router = useRouter();
  return (
    <Section title={t('title')} description={t('text')} className="max-w-2xl">
      <JobProgress
        workspace={workspace}
        jobId={job.id}
        initial={job}
        canCancel={canCancel}
        onEnd={() => router.refresh()}
      />
    </Section>
  );
}
