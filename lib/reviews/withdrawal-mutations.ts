import 'server-only';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db, type Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { publish } from '@/lib/events';
import { type LockedExample, lockExample } from '@/lib/examples/revision-write';
import { assertCan } from '@/lib/permissions';
import { inDecision } from '@/lib/reviews/review-lock';
import type { DecisionResult } from '@/lib/reviews/review-mutations';
import type { WithdrawInput } from '@/lib/reviews/review-schema';
import type { Viewer } from '@/lib/session';

const reviewSelect = {
  id: true,
  exampleId: true,
  revisionId: true,
  revisionAuthorId: true,
  reviewerId: true,
  decision: true,
} as const;

/**
 * Withdraws a decision: an approval of one's own or of anybody else, or one's own sending back.
 * The example goes back into review; releases that hold it stay. Withdrawing again answers the
 * same. Throws NOT_FOUND, or CONFLICT where the writer has gone on with a text sent back.
 */
export async function withdraw(
  viewer: Viewer,
  input: WithdrawInput & { datasetId: string },
): Promise<DecisionResult> {
  assertCan(viewer, 'review:decide');
  const review = await db.review.findFirst({
    where: {
      id: input.reviewId,
      workspaceId: viewer.workspaceId,
      example: { datasetId: input.datasetId },
    },
    select: reviewSelect,
  });
  if (!review) throw new AppError('NOT_FOUND');
  return inDecision(async (tx) =>
    withdrawReview(tx, viewer, await lockExample(tx, viewer, review.exampleId), {
      review,
      decisionId: input.decisionId,
    }),
  );
}

/**
 * Withdraws the approval that stands for an example, from its own page. Throws NOT_FOUND outside
 * the workspace and CONFLICT where nothing stands approved. Sent again it answers the same.
 */
export async function withdrawApproval(
  viewer: Viewer,
  input: { exampleId: string; decisionId?: string },
): Promise<DecisionResult> {
  assertCan(viewer, 'review:decide');
  return inDecision(async (tx) => {
    const example = await lockExample(tx, viewer, input.exampleId);
    const earlier = await findSameWithdrawal(tx, viewer, input);
    if (earlier) return resultOf(example, earlier);
    const review = example.approvedRevisionId
      ? await tx.review.findFirst({
          where: {
            exampleId: example.id,
            workspaceId: viewer.workspaceId,
            revisionId: example.approvedRevisionId,
            decision: 'approve',
            withdrawn: null,
          },
          orderBy: { createdAt: 'desc' },
          select: reviewSelect,
        })
      : null;
    if (!review) throw new AppError('CONFLICT', 'reviews.errors.nothingToWithdraw');
    const decisionId = input.decisionId ?? crypto.randomUUID();
    return withdrawReview(tx, viewer, example, { review, decisionId });
  });
}

/** The withdrawal that a repeated request has already made, by its id. */
async function findSameWithdrawal(
  tx: Tx,
  viewer: Viewer,
  { exampleId, decisionId }: { exampleId: string; decisionId?: string },
): Promise<string | null> {
  if (!decisionId) return null;
  const made = await tx.review.findFirst({
    where: {
      id: decisionId,
      exampleId,
      workspaceId: viewer.workspaceId,
      reviewerId: viewer.userId,
      decision: 'withdraw',
    },
    select: { id: true },
  });
  return made?.id ?? null;
}

const resultOf = (example: LockedExample, reviewId: string): DecisionResult => ({
  reviewId,
  exampleId: example.id,
  number: example.number,
  decision: 'withdraw',
  status: 'in_review',
});

type WithdrawnReview = {
  id: string;
  exampleId: string;
  revisionId: string;
  revisionAuthorId: string;
  reviewerId: string;
  decision: string;
};

async function withdrawReview(
  tx: Tx,
  viewer: Viewer,
  example: LockedExample,
  { review, decisionId }: { review: WithdrawnReview; decisionId: string },
): Promise<DecisionResult> {
  assertWithdrawable(viewer, review);
  const earlier = await tx.review.findUnique({
    where: { withdrawsId: review.id },
    select: { id: true },
  });
  if (earlier) return resultOf(example, earlier.id);
  const state = stateAfterWithdrawal(example, review);
  await tx.review.create({
    data: {
      id: decisionId,
      workspaceId: viewer.workspaceId,
      exampleId: example.id,
      revisionId: review.revisionId,
      revisionAuthorId: review.revisionAuthorId,
      reviewerId: viewer.userId,
      decision: 'withdraw',
      withdrawsId: review.id,
      via: viewer.via,
    },
    select: { id: true },
  });
  const moved = await tx.example.updateMany({
    where: { id: example.id, workspaceId: viewer.workspaceId, version: example.version },
    data: { ...state, version: { increment: 1 }, updatedAt: new Date() },
  });
  if (moved.count !== 1) throw new AppError('CONFLICT');
  await recordAudit(tx, viewer, {
    action: 'review.withdrawn',
    subjectType: 'example',
    subjectId: example.id,
    data: { reviewId: decisionId, withdrawsId: review.id, revisionId: review.revisionId },
  });
  await publish(tx, `dataset:${example.datasetId}`);
  return resultOf(example, decisionId);
}

function assertWithdrawable(viewer: Viewer, review: WithdrawnReview): void {
  if (review.decision === 'approve') return;
  if (review.decision !== 'send_back')
    throw new AppError('CONFLICT', 'reviews.errors.notWithdrawable');
  if (review.reviewerId !== viewer.userId)
    throw new AppError('FORBIDDEN', 'reviews.errors.notYourDecision');
}

/** What a withdrawal changes on the example. A retired one stays retired, without its approval. */
function stateAfterWithdrawal(
  example: LockedExample,
  review: WithdrawnReview,
): { status?: 'in_review'; approvedRevisionId?: null } {
  if (review.decision === 'approve') {
    return {
      ...(example.approvedRevisionId === review.revisionId ? { approvedRevisionId: null } : {}),
      ...(example.status === 'approved' && example.currentRevisionId === review.revisionId
        ? { status: 'in_review' }
        : {}),
    };
  }
  if (example.status !== 'sent_back' || example.currentRevisionId !== review.revisionId)
    throw new AppError('CONFLICT', 'reviews.errors.wentOn', { number: example.number });
  return { status: 'in_review' };
}
