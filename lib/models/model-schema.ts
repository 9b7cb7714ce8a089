import { z } from 'zod';
import { isStorable } from '@/lib/storable-text';

/** Counts, never claims: `passed` of `total` replies keep every house-style rule. */
const rateSchema = z.object({ passed: z.int(), total: z.int() });
const ruleRateSchema = rateSchema.extend({ ruleId: z.string(), check: z.string() });

const armSchema = z.object({
  /** Mean loss per reply token over the rows that both arms could do; null for the human replies. */
  loss: z.number().nullable(),
  lossTokens: z.int(),
  pass: rateSchema,
  rules: z.array(ruleRateSchema),
});
export type ArmEvaluation = z.infer<typeof armSchema>;

const groupSchema = z.object({
  rows: z.int(),
  base: armSchema,
  tuned: armSchema,
  human: armSchema,
});
export type GroupEvaluation = z.infer<typeof groupSchema>;

export const evaluationSchema = z.object({
  /** Held-out rows whose reply also stands in training. */
  known: groupSchema,
  /** Held-out rows whose reply does not. */
  fresh: groupSchema,
  all: groupSchema,
  failedRows: z.int(),
  settings: z.object({
    decoding: z.literal('greedy'),
    maxNewTokens: z.int(),
    batchSize: z.int(),
    dtype: z.string(),
    baseModel: z.string().nullable(),
  }),
});
export type Evaluation = z.infer<typeof evaluationSchema>;

export const askSchema = z.object({
  modelId: z.uuid(),
  prompt: z.string().trim().min(1).max(20_000).refine(isStorable),
  maxNewTokens: z.int().min(16).max(1024).default(200),
});

export const askResultSchema = z.object({
  base: z.object({ text: z.string(), tokens: z.int(), seconds: z.number(), finished: z.boolean() }),
  tuned: z.object({
    text: z.string(),
    tokens: z.int(),
    seconds: z.number(),
    finished: z.boolean(),
  }),
});
export type AskResult = z.infer<typeof askResultSchema>;

export const MIN_REASON = 3;
export const MAX_REASON = 500;

export const modelIdSchema = z.strictObject({ modelId: z.uuid() });
export const putInUseSchema = modelIdSchema.extend({
  /** Required where the model is worse than its base model, or that is not known. */
  reason: z
    .string()
    .trim()
    .max(MAX_REASON)
    .refine(isStorable, 'notStorable')
    .refine((text) => text === '' || text.length >= MIN_REASON, 'tooShort')
    .default(''),
});
