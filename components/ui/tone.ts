/** What a colour says. Always shown with a word or a shape beside it. */
export type Tone =
  | 'neutral'
  | 'accent'
  | 'caution'
  | 'attention'
  | 'positive'
  | 'muted'
  | 'negative';

export const TONE_TEXT: Record<Tone, string> = {
  neutral: 'text-neutral',
  accent: 'text-accent-ink',
  caution: 'text-caution',
  attention: 'text-attention',
  positive: 'text-positive',
  muted: 'text-muted',
  negative: 'text-negative',
};

export const TONE_SOFT: Record<Tone, string> = {
  neutral: 'bg-neutral-soft text-ink-2',
  accent: 'bg-accent-soft text-accent-ink',
  caution: 'bg-caution-soft text-caution',
  attention: 'bg-attention-soft text-attention',
  positive: 'bg-positive-soft text-positive',
  muted: 'bg-muted-soft text-muted',
  negative: 'bg-negative-soft text-negative',
};
