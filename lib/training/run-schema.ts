import { z } from 'zod';

/** Longest answer to a held-out prompt that a run may ask for. */
export const MAX_ANSWER_TOKENS = 1_024;

const epochsSchema = z.int().min(1).max(10);
const maxNewTokensSchema = z.int().min(16).max(MAX_ANSWER_TOKENS);

/** The settings behind "Advanced"; defaults are those tried on the embedded base model. */
export const runSettingsSchema = z.object({
  epochs: epochsSchema.default(2),
  learningRate: z.number().min(1e-6).max(1e-2).default(1e-3),
  loraRank: z.int().min(1).max(64).default(16),
  batchSize: z.int().min(1).max(32).default(4),
  seed: z.int().min(0).max(2_147_483_647).default(42),
  /** Longest answer that base and tuned model may write on held-out prompts, in tokens. */
  maxNewTokens: maxNewTokensSchema.default(200),
});
export type RunSettings = z.infer<typeof runSettingsSchema>;

export const defaultBaseModel = 'smollm2-135m-instruct';

export const quoteCreateSchema = z.strictObject({
  baseModel: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]{0,80}$/)
    .default(defaultBaseModel),
  /** What is left out of these two is proposed from the release; see run-rules. */
  settings: runSettingsSchema
    .extend({ epochs: epochsSchema.optional(), maxNewTokens: maxNewTokensSchema.optional() })
    .strict()
    .prefault({}),
});

export const runCreateSchema = z.strictObject({
  quoteId: z.uuid(),
  /** Set when the person knows that approvals were withdrawn since the freeze. */
  acceptWithdrawn: z.boolean().default(false),
});

/** Written once by the person's browser or program; the same key never starts a second run. */
export const idempotencyKeySchema = z.string().min(8).max(200);

export const runStates = [
  'queued',
  'preparing',
  'training',
  'evaluating',
  'done',
  'failed',
  'cancelled',
] as const;
export type RunState = (typeof runStates)[number];

export const finishedStates: readonly RunState[] = ['done', 'failed', 'cancelled'];
