import type { ExampleStatus } from '@/lib/examples/example-rules';
import type { Tone } from '../ui/tone';

export const STATUS_TONE: Record<ExampleStatus, Tone> = {
  draft: 'neutral',
  in_review: 'caution',
  sent_back: 'attention',
  approved: 'positive',
  retired: 'muted',
};
