import type { ProofRow } from '@/lib/proofs/proof-queries';
import type { Tone } from '../ui/tone';

export const proofTone: Record<ProofRow['state'], Tone> = {
  answering: 'accent',
  open: 'caution',
  closed: 'positive',
  failed: 'negative',
  cancelled: 'muted',
};
