import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { contentSchema } from '@/lib/examples/content';
import { isStorable } from '@/lib/storable-text';

export const MAX_REASON_LENGTH = 2_000;
/** Skipped examples that one sitting remembers. */
export const MAX_SKIPPED = 500;

export const queueOrders = ['oldest', 'mixed'] as const;
export type QueueOrder = (typeof queueOrders)[number];

const topicSchema = z.string().max(200).refine(isStorable, 'invalid');

/** What of the queue a reviewer wants: one topic ('' = without one) or all, oldest first or mixed. */
export const queueFilterSchema = z.strictObject({
  topic: topicSchema.nullable().default(null),
  order: z.enum(queueOrders).default('oldest'),
});
export type QueueFilter = z.infer<typeof queueFilterSchema>;

/** The filter of an address; what cannot be read falls back to the whole queue, oldest first. */
export function parseQueueFilter(
  query: Record<string, string | string[] | undefined>,
): QueueFilter {
  const parsed = queueFilterSchema.safeParse({
    topic: typeof query.topic === 'string' ? query.topic : null,
    order: typeof query.order === 'string' ? query.order : undefined,
  });
  return parsed.success ? parsed.data : { topic: null, order: 'oldest' };
}

/** The dataset's id of an address; anything else names nothing. */
export const datasetIdSchema = {
  parse(value: unknown): string {
    const id = z.uuid().safeParse(value);
    if (!id.success) throw new AppError('NOT_FOUND');
    return id.data;
  },
};

const ids = (max: number) => z.array(z.uuid()).max(max);

/** Asks for examples: as many as there should be, past those in hand and those skipped. */
export const queueRequestSchema = queueFilterSchema.extend({
  count: z.int().min(1).max(3).default(2),
  holding: ids(50).default([]),
  skip: ids(MAX_SKIPPED).default([]),
  /** Topic of the example that comes before, where topics are mixed. */
  after: topicSchema.nullable().default(null),
  /** This one before all others (after a withdrawal, or from its own page). */
  first: z.uuid().nullable().default(null),
  withSummary: z.boolean().default(false),
});
export type QueueRequest = z.infer<typeof queueRequestSchema>;

const seenSchema = {
  /** Made by the client, so that the same decision sent again has one effect. */
  decisionId: z.uuid(),
  exampleId: z.uuid(),
  /** The revision that the reviewer had before them, and the example's version with it. */
  revisionId: z.uuid(),
  version: z.int().min(1).max(2_147_483_647),
  /** The version of the brief that the reviewer had before them. */
  briefId: z.uuid().nullable().default(null),
};

export const reasonSchema = z
  .string()
  .trim()
  .min(1, 'reasonMissing')
  .max(MAX_REASON_LENGTH, 'tooLong')
  .refine(isStorable, 'invalid');

export const decisionSchema = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('approve'), ...seenSchema }),
  z.strictObject({ decision: z.literal('correct'), ...seenSchema, content: contentSchema }),
  z.strictObject({ decision: z.literal('send_back'), ...seenSchema, reason: reasonSchema }),
  z.strictObject({ decision: z.literal('withdraw'), decisionId: z.uuid(), reviewId: z.uuid() }),
]);
export type DecisionInput = z.infer<typeof decisionSchema>;
export type ApproveInput = Omit<Extract<DecisionInput, { decision: 'approve' }>, 'decision'>;
export type CorrectInput = Omit<Extract<DecisionInput, { decision: 'correct' }>, 'decision'>;
export type SendBackInput = Omit<Extract<DecisionInput, { decision: 'send_back' }>, 'decision'>;
export type WithdrawInput = Omit<Extract<DecisionInput, { decision: 'withdraw' }>, 'decision'>;

/** Withdraws the approval that stands for an example, wherever it is open. */
export const approvalWithdrawSchema = z.strictObject({ exampleId: z.uuid() });

export const decisionRequestSchema = z.strictObject({
  decision: decisionSchema,
  /** Fills the place that the decision frees. */
  next: queueRequestSchema.nullable().default(null),
});

export const claimRequestSchema = z.strictObject({
  action: z.enum(['renew', 'release']),
  exampleIds: ids(50),
});
