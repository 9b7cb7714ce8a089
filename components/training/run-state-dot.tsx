import { useTranslations } from 'next-intl';
import { StatusDot } from '@/components/ui/status-dot';
import type { Tone } from '@/components/ui/tone';
import type { RunState } from '@/lib/training/run-schema';

const tones = {
  queued: 'neutral',
  preparing: 'accent',
  training: 'accent',
  evaluating: 'accent',
  done: 'positive',
  failed: 'negative',
  cancelled: 'muted',
} as const satisfies Record<RunState, Tone>;

/** Where a training stands, as dot and word. */
export function RunStateDot({ state }: { state: RunState }) {
  const t = useTranslations('training');
  return <StatusDot tone={tones[state]}>{t(`state.${state}`)}</StatusDot>;
}
