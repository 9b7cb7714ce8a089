'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { Callout } from '../ui/callout';
import { Progress } from '../ui/progress';

export interface RecheckStatusProps {
  job: {
    state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
    progressDone: number;
    progressTotal: number | null;
  };
}

const POLL_MS = 1_500;

/** The examples are being checked by new rules; asks again until it is over. */
export function RecheckStatus({ job }: RecheckStatusProps) {
  const t = useTranslations('brief.recheck');
  const router = useRouter();
  const isActive = job.state === 'queued' || job.state === 'running';
  useEffect(() => {
    if (!isActive) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') router.refresh();
    }, POLL_MS);
    return () => clearInterval(timer);
  }, [isActive, router]);
  if (job.state === 'failed') return <Callout kind="warning">{t('failed')}</Callout>;
  if (!isActive) return null;
  const total = job.progressTotal ?? 0;
  return (
    <div className="max-w-form">
      {job.state === 'queued' || job.progressTotal === null ? (
        <p role="status" className="text-14">
          {t('title')} <span className="text-ink-3">{t('queued')}</span>
        </p>
      ) : (
        <Progress
          label={t('title')}
          value={job.progressDone}
          max={total}
          text={t('progress', { done: job.progressDone, total })}
        />
      )}
      <p className="text-13 text-ink-3">{t('note')}</p>
    </div>
  );
}
