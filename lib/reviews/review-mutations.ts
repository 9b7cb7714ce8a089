import 'server-only';
import type { AuditAction } from '@/lib/audit/action-names';
import { recordAudit } from '@/lib/audit/audit-mutations';
import type { Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { publish } from '@/lib/events';
import type { Content } from '@/lib/examples/content';
import { addRevision, type LockedExample } from '@/lib/examples/revision-write';
import { assertCan } from '@/lib/permissions';
import {
  assertAsSeen,
  findObstacle,
  findSameDecision,
  inDecision,
  lockSeen,
  resolveBrief,
  type Seen,
} from '@/lib/reviews/review-lock';
import { statusAfterDecision } from '@/lib/reviews/review-rules';
import type { ApproveInput, CorrectInput, SendBackInput } from '@/lib/reviews/review-schema';
import type { Viewer } from '@/lib/session';
import { announce } from '@/lib/webhooks/announce-mutations';

/** What a decision did; the same for the same decision sent again. */
export type DecisionResult = {
  reviewId: string;
  exampleId: string;
  number: number;
  decision: 'approve' | 'correct' | 'send_back' | 'withdraw';
  /** The status that the decision gave the example. */
  status: 'approved' | 'in_review' | 'sent_back';
};

type InDataset<T> = T & { datasetId: string };
type Made = Exclude<DecisionResult['decision'], 'withdraw'>;

/**
 * Approves exactly the revision that the reviewer saw. Throws CONFLICT where it changed, left the
 * review or is leased by somebody else, FORBIDDEN for an own text, INVALID while a blocker stands.
 */
export async function approve(
  viewer: Viewer,
  input: InDataset<ApproveInput>,
): Promise<DecisionResult> {
  return decide(viewer, input, 'approve', async (tx, example) => {
    const obstacle = await findObstacle(tx, viewer, example);
    if (obstacle === 'blockers')
      throw new AppError('INVALID', 'reviews.obstacle.blockers', {}, { data: { obstacle } });
    if (obstacle)
      throw new AppError('FORBIDDEN', `reviews.obstacle.${obstacle}`, {}, { data: { obstacle } });
    await addReview(tx, viewer, input, example, { decision: 'approve', reason: null });
    await moveExample(tx, example, { status: 'approved', approvedRevisionId: input.revisionId });
  });
}

/** Sends an example back to its writer with a reason. Throws CONFLICT as `approve` does. */
export async function sendBack(
  viewer: Viewer,
  input: InDataset<SendBackInput>,
): Promise<DecisionResult> {
  return decide(viewer, input, 'send_back', async (tx, example) => {
    const { reason } = input;
    await addReview(tx, viewer, input, example, { decision: 'send_back', reason });
    await moveExample(tx, example, { status: 'sent_back' });
  });
}

/**
 * Makes the corrected text the next revision; it stays in review for another person, because its
 * author is now the reviewer. Throws CONFLICT as `approve` does, INVALID where nothing changed.
 */
export async function correctAndPassOn(
  viewer: Viewer,
  input: InDataset<CorrectInput> & { content: Content },
): Promise<DecisionResult> {
  return decide(viewer, input, 'correct', async (tx, example) => {
    await addReview(tx, viewer, input, example, { decision: 'correct', reason: null });
    const { content } = input;
    const made = await addRevision(tx, viewer, example, { content, origin: 'correction' });
    if (!made.changed) throw new AppError('INVALID', 'reviews.errors.unchanged');
    await tx.workingCopy.deleteMany({ where: { exampleId: example.id, userId: viewer.userId } });
  });
}

/** The frame of every decision: lock, recognise a repetition, compare with what was seen, record. */
async function decide(
  viewer: Viewer,
  seen: Seen,
  decision: Made,
  write: (tx: Tx, example: LockedExample) => Promise<void>,
): Promise<DecisionResult> {
  assertCan(viewer, 'review:decide');
  return inDecision(async (tx) => {
    const example = await lockSeen(tx, viewer, seen);
    const result = (reviewId: string): DecisionResult => ({
      reviewId,
      exampleId: example.id,
      number: example.number,
      decision,
      status: statusAfterDecision(decision),
    });
    const earlier = await findSameDecision(tx, viewer, seen, decision);
    if (earlier) return result(earlier);
    await assertAsSeen(tx, viewer, example, seen);
    await write(tx, example);
    await tx.claim.deleteMany({ where: { exampleId: example.id } });
    await recordAudit(tx, viewer, {
      action: auditAction[decision],
      subjectType: 'example',
      subjectId: example.id,
      data: { reviewId: seen.decisionId, revisionId: seen.revisionId },
    });
    if (decision === 'approve')
      await announce(tx, viewer, 'example.approved', () => ({
        datasetId: example.datasetId,
        exampleId: example.id,
        number: example.number,
        revisionId: seen.revisionId,
        reviewId: seen.decisionId,
        approvedById: viewer.userId,
      }));
    await publish(tx, `dataset:${example.datasetId}`);
    return result(seen.decisionId);
  });
}

const auditAction: Record<Made, AuditAction> = {
  approve: 'review.approved',
  correct: 'review.corrected',
  send_back: 'review.sent_back',
};

async function addReview(
  tx: Tx,
  viewer: Viewer,
  seen: Seen,
  example: LockedExample,
  review: { decision: Made; reason: string | null },
): Promise<void> {
  await tx.review.create({
    data: {
      id: seen.decisionId,
      workspaceId: viewer.workspaceId,
      exampleId: example.id,
      revisionId: example.currentRevisionId,
      revisionAuthorId: example.authorId,
      reviewerId: viewer.userId,
      briefId: await resolveBrief(tx, viewer, seen),
      via: viewer.via,
      ...review,
    },
    select: { id: true },
  });
}

async function moveExample(
  tx: Tx,
  example: LockedExample,
  data: { status: 'approved'; approvedRevisionId: string } | { status: 'sent_back' },
): Promise<void> {
  const moved = await tx.example.updateMany({
    where: { id: example.id, workspaceId: example.workspaceId, version: example.version },
    data: { ...data, version: { increment: 1 }, updatedAt: new Date() },
  });
  if (moved.count !== 1) throw new AppError('CONFLICT');
}
