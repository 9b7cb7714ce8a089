import 'server-only';
import { Prisma, type Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { writtenCtes, wroteNoAnswer, wroteNothingOf } from '@/lib/proofs/author-sql';
import { isVoted, type ProofMeasure, type VotedPair } from '@/lib/proofs/proof-schema';
import { isAskedAbout, isOfPair, isStanding, votedItems } from '@/lib/proofs/vote-sql';
import type { Viewer } from '@/lib/session';

/** After so many minutes without a vote, an example that somebody was shown is given to others too. */
const LEASE_MINUTES = 15;

export type LockedProof = VotedPair & {
  id: string;
  state: string;
  releaseId: string;
  sideSecret: string;
  commitment: string;
  answersCommitment: string | null;
  votesPerPrompt: number;
  measure: ProofMeasure;
};

/**
 * Locks a proof for a vote: everybody who votes on it waits here, so that votes have one order.
 * Throws NOT_FOUND outside the workspace, CONFLICT when it takes no votes or not this person's.
 */
export async function lockOpenProof(tx: Tx, viewer: Viewer, proofId: string): Promise<LockedProof> {
  const [proof] = await tx.$queryRaw<LockedProof[]>`
    SELECT p."id", p."state"::text, p."releaseId", p."opponent"::text, p."sideSecret", p."commitment",
           p."answersCommitment", plan."candidate"::text, plan."votesPerPrompt", plan."measure"::text
    FROM "Proof" p JOIN "ProofPlan" plan ON plan."id" = p."planId"
    WHERE p."id" = ${proofId}::uuid AND p."workspaceId" = ${viewer.workspaceId}::uuid FOR UPDATE OF p`;
  if (!proof) throw new AppError('NOT_FOUND');
  if (proof.state !== 'open' || !isVoted(proof.measure))
    throw new AppError('CONFLICT', 'proofs.errors.notOpen');
  const look = await tx.heldOutLook.findFirst({
    where: { proofId, userId: viewer.userId, kind: 'labelled_answers' },
    select: { id: true },
  });
  if (look) throw new AppError('CONFLICT', 'proofs.errors.hasLooked');
  return proof;
}

/** The end of the chain of votes, where there is one. To be called with the proof locked. */
export const findLastVote = (tx: Tx, proofId: string) =>
  tx.proofVote.findFirst({
    where: { proofId },
    orderBy: { ordinal: 'desc' },
    select: { ordinal: true, hash: true },
  });

export type BallotRow = {
  id: string;
  exampleId: string;
  ordinal: number;
  candidateOnA: boolean;
  asksGuess: boolean;
};

/** The ballot that waits for this person's vote: the earliest that has none and whose answers are still there. */
export async function findCurrentBallot(
  tx: Tx,
  viewer: Viewer,
  proof: Pick<LockedProof, 'id' | 'candidate' | 'opponent'>,
): Promise<BallotRow | null> {
  const [ballot] = await tx.$queryRaw<BallotRow[]>`
    SELECT b."id", b."exampleId", b."ordinal", b."tunedOnA" AS "candidateOnA", b."asksGuess" FROM "Ballot" b
    WHERE b."proofId" = ${proof.id}::uuid AND b."userId" = ${viewer.userId}::uuid AND NOT EXISTS (
      SELECT 1 FROM "ProofVote" v WHERE v."ballotId" = b."id" AND ${isStanding})
      AND NOT EXISTS (SELECT 1 FROM "ProofAnswer" a
                      WHERE a."proofId" = b."proofId" AND a."exampleId" = b."exampleId" AND a."erasureId" IS NOT NULL
                        AND ${isOfPair(Prisma.sql`a."arm"`, proof)})
    ORDER BY b."ordinal" LIMIT 1`;
  return ballot ?? null;
}

export type OpenItem = { exampleId: string; position: number };

/**
 * The rows of a proof that this person was not shown and may be, in the committed order: two different
 * answers, none of them their own, fewer votes than planned, no topic or group of which they ever
 * wrote something, no answers of it that they have seen with their names, and nothing of its group
 * erased.
 */
export async function findOpenItems(
  tx: Tx,
  viewer: Viewer,
  proof: Pick<LockedProof, 'id' | 'releaseId' | 'candidate' | 'opponent' | 'votesPerPrompt'>,
): Promise<OpenItem[]> {
  const written = writtenCtes({
    releaseId: proof.releaseId,
    proofId: proof.id,
    userIds: [viewer.userId],
  });
  return tx.$queryRaw<OpenItem[]>`
    WITH ${written}, votes AS (
      SELECT b."exampleId", count(*)::int AS "cast" FROM "ProofVote" v JOIN "Ballot" b ON b."id" = v."ballotId"
      WHERE v."proofId" = ${proof.id}::uuid AND ${isStanding}
      GROUP BY 1
    ), held AS (
      SELECT b."exampleId", count(*)::int AS "shown" FROM "Ballot" b
      WHERE b."proofId" = ${proof.id}::uuid AND b."userId" <> ${viewer.userId}::uuid
        AND b."shownAt" > now() - make_interval(mins => ${LEASE_MINUTES}::int)
        AND NOT EXISTS (SELECT 1 FROM "ProofVote" v WHERE v."ballotId" = b."id" AND ${isStanding})
      GROUP BY 1
    )
    SELECT i."exampleId", i."position"
    FROM ${votedItems(proof)}
    LEFT JOIN votes ON votes."exampleId" = i."exampleId"
    LEFT JOIN held ON held."exampleId" = i."exampleId"
    WHERE ${isAskedAbout(proof)}
      AND NOT EXISTS (SELECT 1 FROM "Ballot" b WHERE b."proofId" = i."proofId"
                      AND b."exampleId" = i."exampleId" AND b."userId" = ${viewer.userId}::uuid)
      AND coalesce(votes."cast", 0) + coalesce(held."shown", 0) < ${proof.votesPerPrompt}::int
      AND ${wroteNothingOf(Prisma.sql`${viewer.userId}::uuid`)}
      AND ${wroteNoAnswer(Prisma.sql`${viewer.userId}::uuid`)}
      AND NOT EXISTS (SELECT 1 FROM "HeldOutView" h
                      WHERE h."userId" = ${viewer.userId}::uuid AND h."exampleId" = i."exampleId")
    ORDER BY i."position"`;
}

/** Whether an example has the votes that the plan asks for: only then can the verdict change. */
export async function hasPlannedVotes(
  tx: Tx,
  proof: Pick<LockedProof, 'id' | 'votesPerPrompt'>,
  exampleId: string,
): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS "count" FROM "ProofVote" v JOIN "Ballot" b ON b."id" = v."ballotId"
    WHERE v."proofId" = ${proof.id}::uuid AND b."exampleId" = ${exampleId}::uuid AND ${isStanding}`;
  return (row?.count ?? 0) >= proof.votesPerPrompt;
}

/** How many standing votes this person has cast on the proof. */
export async function countOwnVotes(tx: Tx, viewer: Viewer, proofId: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS "count" FROM "ProofVote" v
    WHERE v."proofId" = ${proofId}::uuid AND v."userId" = ${viewer.userId}::uuid AND ${isStanding}`;
  return row?.count ?? 0;
}
