'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { type LiveJob, useJob } from '../jobs/use-job';
import { Button } from '../ui/button';

/** A large change that is under way, in one line: how far it is by measure, and a way to stop it. */
export function BulkProgress(props: {
  workspace: string;
  jobId: string;
  onEnd: (job: LiveJob) => void;
}) {
  const t = useTranslations('examples');
  const format = useFormatter();
  const { job, cancel } = useJob(props.workspace, props.jobId, {
    onEnd: props.onEnd,
  });
  const [isStopping, setStopping] = useState(false);
  const done = job?.progressDone ?? 0;
  const total = job?.progressTotal ?? 0;
  const text = total > 0 ? t('progress', { done, total }) : t('progressWaits');
  return (
    <div className="flex min-w-0 flex-1 items-center gap-3">
      <span className="tabular shrink-0 text-13 font-medium">{text}</span>
      <div
        role="progressbar"
        aria-label={t('progressLabel')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={total > 0 ? Math.round((done / total) * 100) : 0}
        aria-valuetext={text}
        className="h-1.5 max-w-96 min-w-12 flex-1 overflow-hidden rounded-full bg-neutral-soft forced-colors:border"
      >
        <div
          className="h-full rounded-full bg-accent transition-[width] forced-colors:bg-[Highlight]"
          style={{ width: `${total > 0 ? (done / total) * 100 : 0}%` }}
        />
      </div>
      {total > 0 ? (
        <span className="tabular text-13 text-ink-3">{format.number(done / total, 'percent')}</span>
      ) : null}
      <Button
        size="small"
        disabled={isStopping}
        onClick={() => {
          setStopping(true);
          void cancel();
        }}
      >
        {isStopping ? t('progressStopping') : t('progressStop')}
      </Button>
    </div>
  );
}
