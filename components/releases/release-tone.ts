import type { Tone } from '@/components/ui/tone';

/** Status colours of a release; always beside its word. */
export const releaseTone = {
  freezing: 'caution',
  frozen: 'positive',
  failed: 'negative',
} as const satisfies Record<string, Tone>;
