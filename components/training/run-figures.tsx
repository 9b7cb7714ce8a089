'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Stat, Stats } from '@/components/ui/stat';
import { isFinished, type LiveRun } from './use-run';

const clock = (seconds: number) => {
  const whole = Math.max(0, Math.round(seconds));
  const minutes = Math.floor(whole / 60);
  return `${minutes}:${String(whole % 60).padStart(2, '0')}`;
};

/** Milliseconds of now on the server's clock, once a second, so that a wrong clock here does no harm. */
function useServerNow(serverNow: string, isRunning: boolean): number {
  const [now, setNow] = useState(() => Date.parse(serverNow));
  useEffect(() => {
    if (!isRunning) return;
    const offset = Date.parse(serverNow) - Date.now();
    setNow(Date.now() + offset);
    const timer = setInterval(() => setNow(Date.now() + offset), 1_000);
    return () => clearInterval(timer);
  }, [serverNow, isRunning]);
  return now;
}

/** Step, speed, elapsed and remaining time, all measured. */
export function RunFigures({ run }: { run: LiveRun }) {
  const t = useTranslations('training.run');
  const format = useFormatter();
  const isRunning = run.startedAt !== null && !isFinished(run);
  const now = useServerNow(run.now, isRunning);
  const end = run.finishedAt ? Date.parse(run.finishedAt) : now;
  const elapsed = run.startedAt ? (end - Date.parse(run.startedAt)) / 1_000 : null;
  const remaining = remainingSeconds(run);
  return (
    <Stats>
      <Stat
        label={t('step')}
        value={
          run.totalSteps ? t('stepValue', { step: run.step, total: run.totalSteps }) : t('notYet')
        }
      />
      <Stat
        label={t('speed')}
        value={
          run.tokensPerSecond
            ? t('speedValue', {
                tokens: Number(
                  format.number(run.tokensPerSecond, {
                    maximumFractionDigits: 0,
                    useGrouping: false,
                  }),
                ),
              })
            : t('notYet')
        }
      />
      <Stat label={t('elapsed')} value={elapsed === null ? t('notYet') : clock(elapsed)} />
      <Stat
        label={t('remaining')}
        value={remaining === null ? t('notYet') : clock(remaining)}
        note={remaining === null ? null : t('remainingNote')}
      />
    </Stats>
  );
}

/** Of the training phase, from the mean time of its steps so far; null while nothing was measured. */
function remainingSeconds(run: LiveRun): number | null {
  if (run.state !== 'training' || !run.totalSteps) return null;
  const started = run.events.findLast(
    (event) => event.kind === 'trainer.started' || event.kind === 'trainer.resumed',
  );
  if (!started || run.step === 0) return null;
  const from =
    started.kind === 'trainer.resumed'
      ? Number((started.values as { step?: number } | null)?.step ?? 0)
      : 0;
  if (run.step <= from) return null;
  const perStep = (Date.parse(run.now) - Date.parse(started.at)) / (run.step - from);
  return ((run.totalSteps - run.step) * perStep) / 1_000;
}
