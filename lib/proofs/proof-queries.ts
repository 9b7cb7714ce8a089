import 'server-only';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { findLatestJob } from '@/lib/jobs';
import { type PageInput, toPage } from '@/lib/paging';
import { assertCan } from '@/lib/permissions';
import { findOpenVotes, mayStillVote } from '@/lib/proofs/look-queries';
import { looksLikeFields } from '@/lib/proofs/measures/readings';
import { isPlanBeforeRun } from '@/lib/proofs/plan-time';
import type { ProofArm } from '@/lib/proofs/proof-schema';
import type { Viewer } from '@/lib/session';
import type { Prisma } from '@/prisma/generated/client';

const LIST_LIMIT = 200;

/** What counts by a plan. */
export const countedSelect = {
  measure: true,
  barOf100: true,
  marginOf100: true,
  votesPerPrompt: true,
  candidate: true,
  opponent: true,
} satisfies Prisma.ProofPlanSelect;

const planSelect = {
  ...countedSelect,
  id: true,
  commitment: true,
  createdAt: true,
} satisfies Prisma.ProofPlanSelect;

/** WHERE: plans of the tuned model, and of two others. Of each kind the newest is in force. */
const ofTuned = { candidate: 'tuned' } satisfies Prisma.ProofPlanWhereInput;
const ofOthers = { candidate: { not: 'tuned' } } satisfies Prisma.ProofPlanWhereInput;
export const ofKind = (candidate: ProofArm): Prisma.ProofPlanWhereInput =>
  candidate === 'tuned' ? ofTuned : ofOthers;

export type PlanView = Prisma.ProofPlanGetPayload<{ select: typeof planSelect }>;

const proofSelect = {
  id: true,
  state: true,
  createdAt: true,
  closedAt: true,
  plan: { select: planSelect },
  model: {
    select: {
      id: true,
      name: true,
      run: {
        select: {
          number: true,
          startedAt: true,
          release: {
            select: { id: true, number: true, dataset: { select: { id: true, name: true } } },
          },
        },
      },
    },
  },
} satisfies Prisma.ProofSelect;

/** The newest proofs of the workspace, newest first: at most 200. */
export async function findProofs(viewer: Viewer) {
  return (await findProofPage(viewer, { limit: LIST_LIMIT, after: null })).rows;
}

/** The same, page by page. */
export async function findProofPage(viewer: Viewer, { limit, after }: PageInput) {
  assertCan(viewer, 'proof:read');
  const proofs = await db.proof.findMany({
    where: { workspaceId: viewer.workspaceId, ...(after ? { id: { lt: after } } : {}) },
    orderBy: { id: 'desc' },
    take: limit + 1,
    select: proofSelect,
  });
  return toPage(proofs, limit);
}
export type ProofRow = Awaited<ReturnType<typeof findProofs>>[number];

/** The plans in force for a release: for the tuned model, and for a comparison of two others. */
export async function findPlans(
  viewer: Viewer,
  releaseId: string,
): Promise<{ plan: PlanView | null; pairPlan: PlanView | null }> {
  assertCan(viewer, 'proof:read');
  const newest = (kind: Prisma.ProofPlanWhereInput) =>
    db.proofPlan.findFirst({
      where: { releaseId, workspaceId: viewer.workspaceId, ...kind },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      select: planSelect,
    });
  const [plan, pairPlan] = await Promise.all([newest(ofTuned), newest(ofOthers)]);
  return { plan, pairPlan };
}

/** Whether the release's replies are fields (JSON objects), so that whole documents can be counted. */
export async function hasFieldReplies(viewer: Viewer, releaseId: string): Promise<boolean> {
  assertCan(viewer, 'proof:read');
  const rows = await db.$queryRaw<{ reply: string }[]>`
    SELECT r."replyText" AS "reply" FROM "ReleaseItem" i
    JOIN "Release" rel ON rel."id" = i."releaseId" JOIN "Revision" r ON r."id" = i."revisionId"
    WHERE rel."id" = ${releaseId}::uuid AND rel."workspaceId" = ${viewer.workspaceId}::uuid
      AND i."split" = 'held_out' ORDER BY i."position" LIMIT 20`;
  return rows.length > 0 && rows.every((row) => looksLikeFields(row.reply));
}

/** What the model page shows of proofs: the plans in force, and the proofs of this model. */
export async function findModelProofs(
  viewer: Viewer,
  model: { id: string; releaseId: string; startedAt: Date | null },
) {
  assertCan(viewer, 'proof:read');
  const [{ plan, pairPlan }, hasFields, proofs] = await Promise.all([
    findPlans(viewer, model.releaseId),
    hasFieldReplies(viewer, model.releaseId),
    db.proof.findMany({
      where: { modelId: model.id, workspaceId: viewer.workspaceId },
      orderBy: { id: 'desc' },
      take: LIST_LIMIT,
      select: proofSelect,
    }),
  ]);
  const inForce = (one: PlanView | null) =>
    one && {
      ...one,
      isUsed: proofs.some((proof) => proof.plan.id === one.id),
      isBeforeRun: isPlanBeforeRun(one.createdAt, model.startedAt),
    };
  return { plan: inForce(plan), pairPlan: inForce(pairPlan), hasFields, proofs };
}

export type ModelProofsView = Awaited<ReturnType<typeof findModelProofs>>;

/** One proof with its plan, its job and what this person may do. */
export async function getProof(viewer: Viewer, proofId: string) {
  assertCan(viewer, 'proof:read');
  const proof = await db.proof.findFirst({
    where: { id: proofId, workspaceId: viewer.workspaceId },
    select: {
      ...proofSelect,
      releaseId: true,
      runOrdinal: true,
      alpha: true,
      opponent: true,
      commitment: true,
      answersCommitment: true,
      settings: true,
      validation: true,
      answeredAt: true,
      _count: { select: { items: true } },
      looks: {
        where: { userId: viewer.userId, kind: 'labelled_answers' },
        take: 1,
        select: { id: true },
      },
    },
  });
  if (!proof) throw new AppError('NOT_FOUND');
  const { looks, ...rest } = proof;
  const openVotes = await findOpenVotes(viewer, proof.model.id);
  return {
    ...rest,
    job: await findLatestJob(viewer, proof.id),
    hasLooked: looks.length > 0,
    /** Whether this person takes part in the vote at all. */
    isVoter: await mayStillVote(viewer, proof.id),
    /** Whether looking ends this person's voting on another proof, too. */
    endsOtherVotes: openVotes.some(({ id }) => id !== proof.id),
    openVoteIds: openVotes.map(({ id }) => id),
  };
}
export type ProofView = Awaited<ReturnType<typeof getProof>>;

/** What a voter gets beside the ballots: the brief for people, and nothing that names a model. */
export async function getVote(viewer: Viewer, proofId: string) {
  assertCan(viewer, 'proof:vote');
  const proof = await db.proof.findFirst({
    where: { id: proofId, workspaceId: viewer.workspaceId },
    select: {
      model: {
        select: {
          run: {
            select: {
              release: { select: { brief: { select: { task: true, guidelines: true } } } },
            },
          },
        },
      },
    },
  });
  if (!proof) throw new AppError('NOT_FOUND');
  return proof.model.run.release.brief;
}

/** The workspace of a proof, for addresses that name only the proof. */
export async function findProofWorkspace(proofId: string): Promise<string | null> {
  const proof = await db.proof.findUnique({
    where: { id: proofId },
    select: { workspaceId: true },
  });
  return proof?.workspaceId ?? null;
}
