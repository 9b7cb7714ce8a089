import type { CommittedPlan } from '@/lib/proofs/proof-commitment';
import type { OpponentArm, ProofArm } from '@/lib/proofs/proof-schema';
import type { CountedVote } from '@/lib/proofs/vote-rules';

/** What an arm did on one row; null where it has no answer, or where the question does not arise. */
export type ByArm<T> = Record<ProofArm, T | null>;

export const byArm = <T>(value: (arm: ProofArm) => T | null): ByArm<T> => ({
  base: value('base'),
  base_examples: value('base_examples'),
  tuned: value('tuned'),
  nearest: value('nearest'),
});

export type FactItem = {
  exampleId: string;
  position: number;
  groupNumber: number;
  replyKnown: boolean;
  contentHash: string;
  /** SHA-256 of the answers. */
  answers: ByArm<string>;
  /** Whether the answer keeps every rule and slot of the brief. */
  passes: ByArm<boolean>;
  /** Whether every field of the answer is right; null throughout where replies have no fields. */
  wholes: ByArm<boolean>;
};

/** Everything that a verdict is computed from, in the app and by the verifier of the report. */
export type ProofFacts = {
  plan: CommittedPlan;
  alpha: number;
  opponent: OpponentArm;
  items: readonly FactItem[];
  votes: readonly CountedVote[];
  /** Nobody can vote any more. */
  isClosed: boolean;
};
