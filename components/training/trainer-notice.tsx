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
        {trainer.message} {trainer.hint}
      </Callout>
    );
  }
  if (!isBusy) return <Callout kind="blocker">{t('off')}</Callout>;
  return (
    <Callout title={t('notReady')}>
      <p>{t('notReadyText')}</p>
      <Preparing trainer={trainer} />
    </Callout>
  );
}

const MEGABYTE = 1_000_000;

/** The present stage and how far it is; stages of parts, such as `torch:download`, are named by their last word. */
function Preparing({ trainer }: { trainer: TrainerState }) {
  const t = useTranslations('training.start');
  const { done, total } = trainer;
  if (typeof done !== 'number' || typeof total !== 'number') return null;
  const stage = `stage.${trainer.stage?.split(':').at(-1) ?? ''}`;
  const amount = `amount.${trainer.unit ?? ''}`;
  const size = trainer.unit === 'bytes' ? MEGABYTE : 1;
  const measured = { done: Math.round(done / size), total: Math.round(total / size) };
  return (
    <div className="mt-3 max-w-form">
      <Progress
        label={t.has(stage as never) ? t(stage as never) : t('stage.start')}
        value={done}
        max={total}
        text={t.has(amount as never) ? t(amount as never, measured as never) : ''}
      />
    </div>
  );
}
