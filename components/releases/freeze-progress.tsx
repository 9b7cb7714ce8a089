'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { JobProgress } from '@/components/jobs/job-progress';
import { Section } from '@/components/ui/section';

type Props = { workspace: string; jobId: string; number: number };

/** A release that is being frozen; the page shows the result as soon as there is one. */
export function FreezeProgress({ workspace, jobId, number }: Props) {
  const t = useTranslations('releases');
  const router = useRouter();
  return (
    <Section title={t('detail.freezing', { number })}>
      <JobProgress
        workspace={workspace}
        jobId={jobId}
        canCancel={false}
        onEnd={() => router.refresh()}
      />
    </Section>
  );
}
