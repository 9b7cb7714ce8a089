import { createHash, createHmac } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { OpponentArm, ProofArm, ProofMeasure, VoteChoice } from '@/lib/proofs/proof-schema';

/**
 * What is committed to before the first answer, and how it is recomputed afterwards: by the app
 * and, without it, by the verifier of the report. Hashes are SHA-256 (hex) over canonical JSON
 * (RFC 8785); draws are HMAC-SHA-256 under a secret that is told when the vote is closed.
 */
const digest = (value: unknown) =>
  createHash('sha256')
    .update(canonicalize(value) as string)
    .digest('hex');
const hmac = (secret: string, text: string) =>
  createHmac('sha256', Buffer.from(secret, 'hex')).update(text).digest('hex');

export type CommittedPlan = {
  releaseId: string;
  measure: ProofMeasure;
  barOf100: number;
  marginOf100: number;
  votesPerPrompt: number;
  candidate: ProofArm;
  opponent: OpponentArm | null;
};

/**
 * Hash of a plan: measure, bar, margin, votes, opponent, and the candidate where it is not the
 * tuned model: plans from before others could be chosen keep their hash.
 */
export function planCommitment(plan: CommittedPlan): string {
  const { releaseId, measure, barOf100, marginOf100, votesPerPrompt, candidate, opponent } = plan;
  return digest({
    kind: 'plan',
    releaseId,
    measure,
    barOf100,
    marginOf100,
    votesPerPrompt,
    opponent,
    ...(candidate === 'tuned' ? {} : { candidate }),
  });
}

export type CommittedItem = {
  exampleId: string;
  position: number;
  groupNumber: number;
  replyKnown: boolean;
  contentHash: string;
};

/** Hash of the held-out examples: which they are, their texts, groups and order. */
export function heldOutCommitment(items: readonly CommittedItem[]): string {
  const sorted = [...items].sort((a, b) => a.position - b.position);
  return digest(
    sorted.map(({ exampleId, position, groupNumber, replyKnown, contentHash }) => ({
      exampleId,
      position,
      groupNumber,
      replyKnown,
      contentHash,
    })),
  );
}

export type CommittedProof = {
  proofId: string;
  modelId: string;
  adapterSha256: string;
  runOrdinal: number;
  alpha: number;
  plan: string;
  heldOut: string;
  orderSeed: string;
  sideSecret: string;
};

/** Hash of everything that decides a proof; the secrets enter as hashes. */
export function proofCommitment(proof: CommittedProof): string {
  const { orderSeed, sideSecret, ...open } = proof;
  return digest({
    kind: 'proof',
    ...open,
    orderSeed: digest(orderSeed),
    sideSecret: digest(sideSecret),
  });
}

export type CommittedAnswers = {
  /** Of the proof. */
  commitment: string;
  sideSecret: string;
  opponent: OpponentArm;
  /** SHA-256 of what each arm answered, null where it did not. */
  items: readonly { exampleId: string; answers: Readonly<Record<ProofArm, string | null>> }[];
};

/**
 * Hash of what is voted on; an example that nobody answered is not part of it. The secret is, so
 * that a voter cannot try out whose answers are whose before the vote is closed.
 */
export function answersCommitment(committed: CommittedAnswers): string {
  const { commitment, sideSecret, opponent, items } = committed;
  const answered = items.filter(({ answers }) => Object.values(answers).some(Boolean));
  return digest({
    kind: 'answers',
    proof: commitment,
    sideSecret,
    opponent,
    answers: Object.fromEntries(answered.map(({ exampleId, answers }) => [exampleId, answers])),
  });
}

/**
 * What the first vote's hash is over. A proof that was answered before there was a hash of answers
 * has none, and its votes begin at its own commitment.
 */
export const chainStart = (proof: { commitment: string; answersCommitment: string | null }) =>
  proof.answersCommitment ?? proof.commitment;

/** A voter's name in the report: says nothing about the person without the app's own rows. */
export function voterName(sideSecret: string, userId: string): string {
  return hmac(sideSecret, `voter:${userId}`).slice(0, 16);
}

/** Whether a voter sees the candidate's answer as A. */
export function isCandidateOnA(sideSecret: string, voter: string, exampleId: string): boolean {
  return Number.parseInt(hmac(sideSecret, `side:${voter}:${exampleId}`).slice(0, 2), 16) % 2 === 0;
}

/** The order of groups and rows: by HMAC under the seed. */
export function orderKey(orderSeed: string, name: string): string {
  return hmac(orderSeed, name);
}

export type ChainedVote = {
  ordinal: number;
  voter: string;
  exampleId: string;
  choice: VoteChoice | null;
  guess: VoteChoice | null;
  reasonSha256: string | null;
  /** Ordinal of the vote that this row undoes. */
  undoes: number | null;
  at: string;
};

/** The hash of a vote's row, over the one before it: a dropped or changed row breaks the chain. */
export function voteHash(previous: string, vote: ChainedVote): string {
  const { ordinal, voter, exampleId, choice, guess, reasonSha256, undoes, at } = vote;
  return digest({
    previous,
    ordinal,
    voter,
    exampleId,
    choice,
    guess,
    reasonSha256,
    undoes,
    at,
  });
}

export function reasonHash(reason: string | null): string | null {
  return reason === null ? null : createHash('sha256').update(reason).digest('hex');
}
