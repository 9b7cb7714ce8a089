'use client';

import { useTranslations } from 'next-intl';
import { Button } from '../ui/button';
import { Progress } from '../ui/progress';
import type { RuleTrialState } from './use-rule-trial';

export interface RuleTrialProgressProps {
  trial: RuleTrialState | null;
  isOutdated: boolean;
  total: number;
  onStop: () => void;
}

/** How far the trial is, or how it ended. */
export function RuleTrialProgress({ trial, isOutdated, total, onStop }: RuleTrialProgressProps) {
  const t = useTranslations('brief.trial');
  if (trial?.status === 'running') {
    return (
      <div className="max-w-form">
        <Progress
          label={t('running')}
          value={trial.checked}
          max={total}
          text={t('progress', { checked: trial.checked, total })}
          cancel={
            <Button size="small" variant="quiet" onClick={onStop}>
              {t('stop')}
            </Button>
          }
        />
      </div>
    );
  }
  const sentence =
    trial === null
      ? null
      : isOutdated
        ? t('outdated')
        : trial.status === 'stopped'
          ? t('stopped', { checked: trial.checked })
          : trial.status === 'failed'
            ? t('failed', { message: trial.message ?? '' })
            : t('progress', { checked: trial.checked, total: trial.checked });
  return (
    <p role="status" className="text-13 text-ink-2 empty:hidden">
      {sentence}
    </p>
  );
}
