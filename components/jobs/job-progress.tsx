'use client';

import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Progress } from '@/components/ui/progress';
import { type LiveJob, useJob } from './use-job';

export interface JobProgressProps {
  workspace: string;
  jobId: string;
  /** The job as the page was rendered with it. */
  initial?: LiveJob;
  /** Called once when the job ends while it is watched: refresh the page there. */
  onEnd?: (job: LiveJob) => void;
  canCancel?: boolean | undefined;
}

/** A running job: what it does, how far it is by measure, the time left, and a way to stop it. */
export function JobProgress(props: JobProgressProps) {
  const { workspace, jobId, initial, onEnd, canCancel = true } = props;
  const t = useTranslations('jobs');
  const { job, isStale, cancel } = useJob(workspace, jobId, { initial, onEnd });
  const [asked, setAsked] = useState(false);
  const secondsLeft = useSecondsLeft(job);
  const label = labelOf(t, job);
  const stopping = asked || job?.cancelRequestedAt != null;
  return (
    <div className="flex flex-col gap-1" aria-busy="true">
      <Progress
        label={label}
        value={job?.progressDone ?? 0}
        max={job?.progressTotal ?? 0}
        text={[progressText(t, job), secondsLeft === null ? null : t('left', { secondsLeft })]
          .filter(Boolean)
          .join(' · ')}
        cancel={
          canCancel ? (
            <Button
              size="small"
              disabled={stopping}
              onClick={() => {
                setAsked(true);
                void cancel().then(setAsked);
              }}
            >
              {stopping ? t('cancelling') : t('cancel')}
            </Button>
          ) : undefined
        }
      />
      {isStale ? <p className="text-13 text-ink-3">{t('stale')}</p> : null}
    </div>
  );
}

function labelOf(t: ReturnType<typeof useTranslations<'jobs'>>, job: LiveJob | null): string {
  if (job?.progressStage && t.has(job.progressStage as never)) return t(job.progressStage as never);
  return job?.state === 'running' ? t('starting') : t('waiting');
}

function progressText(t: ReturnType<typeof useTranslations<'jobs'>>, job: LiveJob | null): string {
  if (!job?.progressStage) return '';
  const { progressDone: done, progressTotal: total, progressStage: stage } = job;
  if (total === null) return t('progressOpen', { done });
  const unit = `units.${stage}`;
  return t.has(unit as never)
    ? t(unit as never, { done, total } as never)
    : t('progress', { done, total });
}

/** From the speed of this stage as it was seen here; null until two seconds of it were. */
function useSecondsLeft(job: LiveJob | null): number | null {
  const began = useRef<{ stage: string; at: number; done: number } | null>(null);
  if (!job?.progressStage || job.progressTotal === null) return null;
  const now = performance.now();
  if (began.current?.stage !== job.progressStage)
    began.current = { stage: job.progressStage, at: now, done: job.progressDone };
  const elapsed = (now - began.current.at) / 1_000;
  const done = job.progressDone - began.current.done;
  if (elapsed < 2 || done <= 0) return null;
  return Math.ceil(((job.progressTotal - job.progressDone) / done) * elapsed);
}
