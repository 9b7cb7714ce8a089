import 'server-only';
import { checkContent, hasBlocker } from '@/lib/checks/check-content';
import { db, Prisma, type Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { contentSchema } from '@/lib/examples/content';
import { loadBriefForChecks } from '@/lib/examples/example-findings';
import { type LockedExample, lockExample } from '@/lib/examples/revision-write';
import {
  type ApprovalObstacle,
  approvalObstacle,
  type Contribution,
} from '@/lib/reviews/review-rules';
import type { Viewer } from '@/lib/session';

/** What a decision is about: exactly what the reviewer had before them. */
export type Seen = {
  decisionId: string;
  datasetId: string;
  exampleId: string;
  revisionId: string;
  version: number;
  briefId: string | null;
};

/** The one transaction of a decision. A decision's id that somebody else's has is a CONFLICT. */
export async function inDecision<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    return await db.$transaction(work);
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002')
      throw new AppError('CONFLICT', 'reviews.errors.idTaken');
    throw error;
  }
}

/** Locks the example of a decision. Throws NOT_FOUND outside the dataset. */
export async function lockSeen(tx: Tx, viewer: Viewer, seen: Seen): Promise<LockedExample> {
  const example = await lockExample(tx, viewer, seen.exampleId);
  if (example.datasetId !== seen.datasetId) throw new AppError('NOT_FOUND');
  return example;
}

/**
 * The review that this decision already made: by its id (sent again), or the same decision of the
 * same reviewer about the same revision that still stands (two tabs). Call it under the lock.
 * Throws CONFLICT where the id stands for another decision.
 */
export async function findSameDecision(
  tx: Tx,
  viewer: Viewer,
  seen: Seen,
  decision: 'approve' | 'correct' | 'send_back',
): Promise<string | null> {
  const own = {
    workspaceId: viewer.workspaceId,
    exampleId: seen.exampleId,
    revisionId: seen.revisionId,
    reviewerId: viewer.userId,
    decision,
  } as const;
  const byId = await tx.review.findUnique({
    where: { id: seen.decisionId },
    select: {
      id: true,
      workspaceId: true,
      exampleId: true,
      revisionId: true,
      reviewerId: true,
      decision: true,
    },
  });
  if (byId) {
    const { id, ...made } = byId;
    const same = (Object.keys(own) as (keyof typeof own)[]).every((key) => made[key] === own[key]);
    if (!same) throw new AppError('CONFLICT', 'reviews.errors.idTaken');
    return id;
  }
  const standing = await tx.review.findFirst({
    where: { ...own, withdrawn: null },
    orderBy: { createdAt: 'desc' },
    select: { id: true },
  });
  return standing?.id ?? null;
}

/** Throws CONFLICT where the example is no longer as the reviewer saw it, or is another's now. */
export async function assertAsSeen(
  tx: Tx,
  viewer: Viewer,
  example: LockedExample,
  seen: Seen,
): Promise<void> {
  if (example.currentRevisionId !== seen.revisionId || example.version !== seen.version)
    throw new AppError('CONFLICT', 'reviews.errors.changed', { number: example.number });
  if (example.status !== 'in_review')
    throw new AppError('CONFLICT', 'reviews.errors.notInReview', { number: example.number });
  const others = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "Claim" WHERE "exampleId" = ${example.id}::uuid
      AND "reviewerId" <> ${viewer.userId}::uuid AND "expiresAt" > clock_timestamp()`;
  if (others.length > 0)
    throw new AppError('CONFLICT', 'reviews.errors.claimedByOther', { number: example.number });
}

/** The revisions of an example with who contributed and who stands for them. */
export async function loadContributions(
  tx: Tx,
  viewer: Viewer,
  exampleId: string,
): Promise<Contribution[]> {
  const revisions = await tx.revision.findMany({
    where: { exampleId, workspaceId: viewer.workspaceId },
    orderBy: { ordinal: 'asc' },
    select: {
      ordinal: true,
      authorId: true,
      coAuthorId: true,
      reviews: {
        where: { decision: 'approve', withdrawn: null },
        select: { reviewerId: true },
      },
    },
  });
  return revisions.map(({ reviews, ...revision }) => ({
    ...revision,
    approvedBy: reviews.map((review) => review.reviewerId),
  }));
}

/** Why the viewer may not approve the current revision of a locked example, or null. */
export async function findObstacle(
  tx: Tx,
  viewer: Viewer,
  example: LockedExample,
): Promise<ApprovalObstacle | null> {
  const contributions = await loadContributions(tx, viewer, example.id);
  const revision = await tx.revision.findUniqueOrThrow({
    where: { id: example.currentRevisionId },
    select: { ordinal: true, content: true },
  });
  const brief = await loadBriefForChecks(tx, example.datasetId);
  // The brief's rules as they are now, and what other checks have found about this revision.
  const found = checkContent(
    brief ?? { rules: [], slots: [] },
    contentSchema.parse(revision.content),
  );
  const stored = await tx.finding.count({
    where: {
      exampleId: example.id,
      revisionId: example.currentRevisionId,
      severity: 'blocker',
      state: 'open',
      ruleId: null,
      check: { notIn: ['unknown_slot', 'half_open_slot'] },
    },
  });
  return approvalObstacle({
    reviewer: viewer,
    status: example.status,
    ordinal: revision.ordinal,
    contributions,
    blockers: stored + (hasBlocker(found) ? 1 : 0),
  });
}

/** The brief's version that the reviewer had before them, or the newest. Null where there is none. */
export async function resolveBrief(tx: Tx, viewer: Viewer, seen: Seen): Promise<string | null> {
  const scope = { datasetId: seen.datasetId, workspaceId: viewer.workspaceId };
  const brief = await tx.brief.findFirst({
    where: seen.briefId ? { ...scope, id: seen.briefId } : scope,
    orderBy: { version: 'desc' },
    select: { id: true },
  });
  if (seen.briefId && !brief) throw new AppError('NOT_FOUND');
  return brief?.id ?? null;
}
