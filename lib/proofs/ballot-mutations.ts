import 'server-only';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db, type Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { contentSchema, type Message } from '@/lib/examples/content';
import { assertCan } from '@/lib/permissions';
import {
  type BallotRow,
  countOwnVotes,
  findCurrentBallot,
  findLastVote,
  findOpenItems,
  hasPlannedVotes,
  type LockedProof,
  lockOpenProof,
} from '@/lib/proofs/ballot-store';
import { announceDecision } from '@/lib/proofs/decision-mutations';
import {
  chainStart,
  isCandidateOnA,
  reasonHash,
  voteHash,
  voterName,
} from '@/lib/proofs/proof-commitment';
import { GUESS_EVERY, type VoteChoice, type VoteInput } from '@/lib/proofs/proof-schema';
import { withoutThinking } from '@/lib/proofs/thinking';
import { votedItems } from '@/lib/proofs/vote-sql';
import type { Viewer } from '@/lib/session';

/** All that the browser learns about an example while its person votes. */
export type BallotView = {
  kind: 'ballot';
  /** Says nothing about example, side or model. */
  ballot: string;
  messages: Message[];
  a: string;
  b: string;
  asksGuess: boolean;
  /** This is the so-many-th of so many for this person. */
  number: number;
  of: number;
  canUndo: boolean;
};
export type NextBallot = BallotView | { kind: 'done'; voted: number; canUndo: boolean };

/** The example that this person votes on next; the same one until they have voted. */
export async function takeBallot(viewer: Viewer, proofId: string): Promise<NextBallot> {
  assertCan(viewer, 'proof:vote');
  return db.$transaction(async (tx) => {
    const proof = await lockOpenProof(tx, viewer, proofId);
    return nextBallot(tx, viewer, proof);
  });
}

async function nextBallot(tx: Tx, viewer: Viewer, proof: LockedProof): Promise<NextBallot> {
  const voted = await countOwnVotes(tx, viewer, proof.id);
  const canUndo = (await findUndoable(tx, viewer, proof)) !== null;
  const open = await findOpenItems(tx, viewer, proof);
  let ballot = await findCurrentBallot(tx, viewer, proof);
  const first = open[0];
  if (!ballot) {
    if (!first) return { kind: 'done', voted, canUndo };
    ballot = await drawBallot(tx, viewer, proof, first.exampleId);
    open.shift();
  }
  return {
    kind: 'ballot',
    ballot: ballot.id,
    ...(await readTexts(tx, proof, ballot)),
    asksGuess: ballot.asksGuess,
    number: voted + 1,
    of: voted + 1 + open.length,
    canUndo,
  };
}

/** Draws the sides for a person and an example at its first showing; they stay. */
async function drawBallot(
  tx: Tx,
  viewer: Viewer,
  proof: LockedProof,
  exampleId: string,
): Promise<BallotRow> {
  const shown = await tx.ballot.count({ where: { proofId: proof.id, userId: viewer.userId } });
  const ordinal = shown + 1;
  const voter = voterName(proof.sideSecret, viewer.userId);
  return tx.ballot.create({
    data: {
      workspaceId: viewer.workspaceId,
      proofId: proof.id,
      exampleId,
      userId: viewer.userId,
      ordinal,
      candidateOnA: isCandidateOnA(proof.sideSecret, voter, exampleId),
      asksGuess: proof.candidate === 'tuned' && ordinal % GUESS_EVERY === 0,
    },
    select: { id: true, exampleId: true, ordinal: true, candidateOnA: true, asksGuess: true },
  });
}

async function readTexts(tx: Tx, proof: LockedProof, ballot: BallotRow) {
  const [row] = await tx.$queryRaw<{ content: unknown; candidate: string; other: string }[]>`
    SELECT r."content", c."text" AS "candidate", o."text" AS "other" FROM ${votedItems(proof)}
    JOIN "Revision" r ON r."id" = i."revisionId"
    WHERE i."proofId" = ${proof.id}::uuid AND i."exampleId" = ${ballot.exampleId}::uuid`;
  if (!row) throw new AppError('NOT_FOUND');
  const [candidate, other] = [withoutThinking(row.candidate), withoutThinking(row.other)];
  return {
    messages: contentSchema.parse(row.content).messages,
    a: ballot.candidateOnA ? candidate : other,
    b: ballot.candidateOnA ? other : candidate,
  };
}

type LastVote = { id: string; ordinal: number; ballotId: string; exampleId: string };

/** This person's last row, when it is a vote that can be taken back. */
async function findUndoable(tx: Tx, viewer: Viewer, proof: LockedProof): Promise<LastVote | null> {
  const last = await tx.proofVote.findFirst({
    where: { proofId: proof.id, userId: viewer.userId },
    orderBy: { ordinal: 'desc' },
    select: {
      id: true,
      ordinal: true,
      ballotId: true,
      choice: true,
      ballot: { select: { exampleId: true } },
    },
  });
  if (!last?.choice) return null;
  const { id, ordinal, ballotId, ballot } = last;
  const erased = await tx.proofAnswer.findFirst({
    where: {
      proofId: proof.id,
      exampleId: ballot.exampleId,
      arm: { in: [proof.candidate, proof.opponent] },
      erasureId: { not: null },
    },
    select: { arm: true },
  });
  // A vote on what was erased stays: its example could not be shown again.
  return erased ? null : { id, ordinal, ballotId, exampleId: ballot.exampleId };
}

/** Appends a row to the chain of a locked proof. */
async function appendVote(
  tx: Tx,
  viewer: Viewer,
  proof: LockedProof,
  row: {
    ballotId: string;
    exampleId: string;
    choice: VoteChoice | null;
    guess: 'a' | 'b' | null;
    reason: string | null;
    undoes: { id: string; ordinal: number } | null;
  },
): Promise<number> {
  const last = await findLastVote(tx, proof.id);
  const at = new Date();
  const ordinal = (last?.ordinal ?? 0) + 1;
  const hash = voteHash(last?.hash ?? chainStart(proof), {
    ordinal,
    voter: voterName(proof.sideSecret, viewer.userId),
    exampleId: row.exampleId,
    choice: row.choice,
    guess: row.guess,
    reasonSha256: reasonHash(row.reason),
    undoes: row.undoes?.ordinal ?? null,
    at: at.toISOString(),
  });
  await tx.proofVote.create({
    data: {
      workspaceId: viewer.workspaceId,
      proofId: proof.id,
      ballotId: row.ballotId,
      userId: viewer.userId,
      ordinal,
      choice: row.choice,
      guess: row.guess,
      reason: row.reason,
      undoesId: row.undoes?.id ?? null,
      hash,
      at,
    },
    select: { id: true },
  });
  return ordinal;
}

/**
 * Counts a vote on the example that the person was shown, and gives the next one. A repeated, a
 * late and an out-of-order vote are CONFLICT, somebody else's ballot is NOT_FOUND; nothing changes.
 */
export async function castVote(viewer: Viewer, input: VoteInput): Promise<NextBallot> {
  assertCan(viewer, 'proof:vote');
  return db.$transaction(async (tx) => {
    const own = await tx.ballot.findFirst({
      where: {
        id: input.ballot,
        proofId: input.proofId,
        userId: viewer.userId,
        workspaceId: viewer.workspaceId,
      },
      select: { id: true },
    });
    if (!own) throw new AppError('NOT_FOUND');
    const proof = await lockOpenProof(tx, viewer, input.proofId);
    const current = await findCurrentBallot(tx, viewer, proof);
    if (current?.id !== input.ballot) throw new AppError('CONFLICT', 'proofs.errors.notCurrent');
    const ordinal = await appendVote(tx, viewer, proof, {
      ballotId: current.id,
      exampleId: current.exampleId,
      choice: input.choice,
      guess: current.asksGuess ? input.guess : null,
      reason: input.reason || null,
      undoes: null,
    });
    // That somebody voted, never how.
    await recordAudit(tx, viewer, {
      action: 'proof.voted',
      subjectType: 'proof',
      subjectId: proof.id,
      data: { ordinal },
    });
    if (await hasPlannedVotes(tx, proof, current.exampleId))
      await announceDecision(tx, viewer, proof.id, 'open');
    return nextBallot(tx, viewer, proof);
  });
}

/** Takes the person's last vote back; its example is shown again, with the same sides. */
export async function undoVote(viewer: Viewer, proofId: string): Promise<NextBallot> {
  assertCan(viewer, 'proof:vote');
  return db.$transaction(async (tx) => {
    const proof = await lockOpenProof(tx, viewer, proofId);
    const last = await findUndoable(tx, viewer, proof);
    if (!last) throw new AppError('CONFLICT', 'proofs.errors.nothingToUndo');
    const { id, ordinal: undone, ballotId, exampleId } = last;
    const ordinal = await appendVote(tx, viewer, proof, {
      ballotId,
      exampleId,
      choice: null,
      guess: null,
      reason: null,
      undoes: { id, ordinal: undone },
    });
    await recordAudit(tx, viewer, {
      action: 'proof.vote_undone',
      subjectType: 'proof',
      subjectId: proof.id,
      data: { ordinal },
    });
    return nextBallot(tx, viewer, proof);
  });
}
