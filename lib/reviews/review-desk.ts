import 'server-only';
import { AppError } from '@/lib/errors';
import { claimMany } from '@/lib/reviews/claim-mutations';
import { getQueueSummary, type QueueSummary } from '@/lib/reviews/queue-queries';
import {
  approve,
  correctAndPassOn,
  type DecisionResult,
  sendBack,
} from '@/lib/reviews/review-mutations';
import { findReviewItems, type ReviewItem } from '@/lib/reviews/review-queries';
import type { DecisionInput, QueueRequest } from '@/lib/reviews/review-schema';
import { withdraw } from '@/lib/reviews/withdrawal-mutations';
import type { Viewer } from '@/lib/session';

/** What the review page gets for a request: leased examples and, where asked for, the counts. */
export type Desk = { items: ReviewItem[]; summary: QueueSummary | null };

type In<T> = T & { datasetId: string };

/** Leases examples by the request and loads them. */
export async function takeFromQueue(
  viewer: Viewer,
  input: In<QueueRequest> & { timeZone: string },
): Promise<Desk> {
  const { datasetId, first, holding, count } = input;
  const skip = [...holding, ...input.skip];
  const filter = { topic: input.topic, order: input.order, datasetId };
  const wanted = first
    ? await claimMany(viewer, {
        ...filter,
        topic: null,
        after: null,
        skip: holding,
        only: first,
        count: 1,
      })
    : [];
  const claimed = await claimMany(viewer, {
    ...filter,
    after: input.after,
    skip: [...skip, ...wanted],
    count: count - wanted.length,
  });
  const [items, summary] = await Promise.all([
    findReviewItems(viewer, { datasetId, exampleIds: [...wanted, ...claimed] }),
    input.withSummary ? getQueueSummary(viewer, input) : null,
  ]);
  return { items, summary };
}

/** Carries out a decision. A conflict brings the example as it is now, to show what changed. */
export async function takeDecision(
  viewer: Viewer,
  input: { datasetId: string; decision: DecisionInput },
): Promise<DecisionResult> {
  try {
    return await dispatch(viewer, input);
  } catch (error) {
    const { decision } = input;
    if (!(error instanceof AppError) || error.code !== 'CONFLICT' || !('exampleId' in decision))
      throw error;
    const [item] = await findReviewItems(viewer, {
      datasetId: input.datasetId,
      exampleIds: [decision.exampleId],
    });
    throw new AppError('CONFLICT', error.messageKey, error.values, {
      data: { item: item ?? null },
    });
  }
}

function dispatch(
  viewer: Viewer,
  { datasetId, decision }: { datasetId: string; decision: DecisionInput },
): Promise<DecisionResult> {
  switch (decision.decision) {
    case 'approve':
      return approve(viewer, { ...decision, datasetId });
    case 'correct':
      return correctAndPassOn(viewer, { ...decision, datasetId });
    case 'send_back':
      return sendBack(viewer, { ...decision, datasetId });
    case 'withdraw':
      return withdraw(viewer, { ...decision, datasetId });
    default:
      return decision satisfies never;
  }
}
