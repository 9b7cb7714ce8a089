'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { Callout } from '@/components/ui/callout';
import { Progress } from '@/components/ui/progress';
import type { TrainerState } from '@/lib/training/trainer-state';

const REFRESH_MS = 3_000;

/** While the trainer is not ready: what it does and how far it is. Nothing once it is. */
export function TrainerNotice({
  trainer,
  isModelReady,
}: {
  trainer: TrainerState;
  isModelReady: boolean;
}) {
  const t = useTranslations('training.start');
  const router = useRouter();
  const isBusy = trainer.state === 'installing' || trainer.state === 'preparing';
  useEffect(() => {
    if (!isBusy) return;
    const timer = setInterval(() => router.refresh(), REFRESH_MS);
    return () => clearInterval(timer);
  }, [isBusy, router]);
  if (trainer.state === 'ready' || (trainer.state === 'off' && isModelReady)) return null;
  if (trainer.state === 'failed') {
    return (
      <Callout kind="blocker" title={t('failedTrainer')}>
        {trainer.message}
      </Callout>
    );
  }
  if (!isBusy) return <Callout kind="blocker">{t('off')}</Callout>;
  const { done, total } = trainer;
  return (
    <Callout title={t('notReady')}>
      <p>{t('notReadyText')}</p>
      {typeof done === 'number' && typeof total === 'number' ? (
        <Progress
          label={trainer.message ?? trainer.stage ?? ''}
          value={done}
          max={total}
          text={t('notReadyProgress', {
            stage: trainer.stage ?? '',
            done,
            total,
            unit: trainer.unit ?? '',
          })}
        />
      ) : null}
    </Callout>
  );
}
