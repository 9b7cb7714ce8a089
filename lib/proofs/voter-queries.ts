import 'server-only';
import { db, Prisma } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { assertCan, can, roles } from '@/lib/permissions';
import { writtenCtes, wroteNoAnswer, wroteNothingOf } from '@/lib/proofs/author-sql';
import { MAX_VOTES, type VotedPair } from '@/lib/proofs/proof-schema';
import { isAskedAbout, isStanding, votedItems } from '@/lib/proofs/vote-sql';
import type { Viewer } from '@/lib/session';

const voterRoles = roles.filter((role) => can(role, 'proof:vote'));

/** The people of a workspace whose role votes. */
async function findVoterIds(workspaceId: string): Promise<string[]> {
  const members = await db.member.findMany({
    where: { workspaceId, role: { in: voterRoles }, user: { disabledAt: null } },
    select: { userId: true },
  });
  return members.map(({ userId }) => userId);
}

const hasNotSeen = Prisma.sql`NOT EXISTS (
  SELECT 1 FROM "HeldOutView" h WHERE h."userId" = v."userId" AND h."exampleId" = i."exampleId")`;

export type PlanVoters = {
  /** People who may vote on at least one prompt. */
  people: number;
  prompts: number;
  /** Prompts on which at least one person may vote, at least two, and so on. */
  reach: number[];
};

/** Who could vote on the held-out prompts of a release, before a proof of it begins. */
export async function findPlanVoters(viewer: Viewer, releaseId: string): Promise<PlanVoters> {
  assertCan(viewer, 'proof:read');
  const where = { id: releaseId, workspaceId: viewer.workspaceId };
  const release = await db.release.findFirst({ where, select: { id: true } });
  if (!release) throw new AppError('NOT_FOUND');
  const userIds = await findVoterIds(viewer.workspaceId);
  const rows = await db.$queryRaw<{ voters: string[] }[]>`
    WITH ${writtenCtes({ releaseId, proofId: null, userIds })}, i AS (
      SELECT "exampleId", NULL::text AS "topic", NULL::int AS "groupNumber" FROM "ReleaseItem"
      WHERE "releaseId" = ${releaseId}::uuid AND "split" = 'held_out'
    )
    SELECT coalesce(array_agg(v."userId"::text) FILTER (WHERE v."userId" IS NOT NULL), '{}') AS "voters"
    FROM i JOIN "Example" today ON today."id" = i."exampleId"
    LEFT JOIN unnest(${userIds}::uuid[]) v("userId")
      ON ${hasNotSeen} AND ${wroteNothingOf(Prisma.sql`v."userId"`)}
    GROUP BY i."exampleId"`;
  return {
    people: new Set(rows.flatMap(({ voters }) => voters)).size,
    prompts: rows.length,
    reach: Array.from(
      { length: MAX_VOTES },
      (_, at) => rows.filter(({ voters }) => voters.length > at).length,
    ),
  };
}

export type VoteReach = {
  /** Prompts that cannot get their planned votes: nobody is left who may give them. */
  stuck: number;
  /** Prompts that would be so too if this person voted no more. */
  needsViewer: number;
};

type CountedProof = VotedPair & {
  id: string;
  releaseId: string;
  votesPerPrompt: number;
};

/**
 * Whether the planned votes of open proofs can still be given, and how many of them need this
 * person. Proofs that are not open, or are not decided by votes, count nothing.
 */
export async function findVoteReach(
  viewer: Viewer,
  proofIds: readonly string[],
): Promise<VoteReach> {
  assertCan(viewer, 'proof:read');
  const proofs = await db.$queryRaw<CountedProof[]>`
    SELECT p."id", p."releaseId", p."opponent"::text, plan."candidate"::text, plan."votesPerPrompt"
    FROM "Proof" p JOIN "ProofPlan" plan ON plan."id" = p."planId"
    WHERE p."id" = ANY(${proofIds}::uuid[]) AND p."workspaceId" = ${viewer.workspaceId}::uuid
      AND p."state" = 'open' AND plan."measure" = 'blind_votes'`;
  const userIds = await findVoterIds(viewer.workspaceId);
  const reach: VoteReach = { stuck: 0, needsViewer: 0 };
  for (const proof of proofs)
    for (const { cast, voters } of await findOutstanding(proof, userIds)) {
      const spare = cast + voters.length - proof.votesPerPrompt;
      if (spare < 0) reach.stuck += 1;
      else if (spare === 0 && voters.includes(viewer.userId)) reach.needsViewer += 1;
    }
  return reach;
}

/** The prompts of a proof that people are asked about: votes that stand, and who may give more. */
function findOutstanding(
  proof: CountedProof,
  userIds: readonly string[],
): Promise<{ cast: number; voters: string[] }[]> {
  const { id, releaseId, votesPerPrompt } = proof;
  return db.$queryRaw`
    WITH ${writtenCtes({ releaseId, proofId: id, userIds })}, standing AS (
      SELECT b."exampleId", b."userId" FROM "ProofVote" v JOIN "Ballot" b ON b."id" = v."ballotId"
      WHERE v."proofId" = ${id}::uuid AND ${isStanding}
    ), votes AS (
      SELECT "exampleId", count(*)::int AS "cast" FROM standing GROUP BY 1
    ), voter AS (
      SELECT u."userId" FROM unnest(${userIds}::uuid[]) u("userId") WHERE NOT EXISTS (
        SELECT 1 FROM "HeldOutLook" l WHERE l."proofId" = ${id}::uuid AND l."userId" = u."userId"
          AND l."kind" = 'labelled_answers')
    )
    SELECT coalesce(votes."cast", 0) AS "cast",
      coalesce(array_agg(v."userId"::text) FILTER (WHERE v."userId" IS NOT NULL), '{}') AS "voters"
    FROM ${votedItems(proof)}
    LEFT JOIN votes ON votes."exampleId" = i."exampleId"
    LEFT JOIN voter v ON NOT EXISTS (
        SELECT 1 FROM standing s WHERE s."exampleId" = i."exampleId" AND s."userId" = v."userId")
      AND (EXISTS (SELECT 1 FROM "Ballot" b WHERE b."proofId" = i."proofId"
                   AND b."exampleId" = i."exampleId" AND b."userId" = v."userId")
        OR (${hasNotSeen} AND ${wroteNothingOf(Prisma.sql`v."userId"`)}
          AND ${wroteNoAnswer(Prisma.sql`v."userId"`)}))
    WHERE ${isAskedAbout(proof)} AND coalesce(votes."cast", 0) < ${votesPerPrompt}::int
    GROUP BY i."exampleId", votes."cast"`;
}
