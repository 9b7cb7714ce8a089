import { z } from 'zod';
import type { Content } from '@/lib/examples/content';
import type { ChatMessage } from '@/lib/training/base-models';

/** What one model said to one prompt, and how well the reply there fits it; see trainer/README.md. */
const trainerArmSchema = z.object({
  loss: z.number().nullable(),
  replyTokens: z.int().nullable(),
  answer: z.string().nullable(),
  tokens: z.int().nullable(),
  finished: z.boolean().nullable(),
  seconds: z.number().nullable(),
  errors: z.array(z.string()),
});
export type TrainerArm = z.infer<typeof trainerArmSchema>;

const trainerSettingsSchema = z.object({
  maxNewTokens: z.int(),
  batchSize: z.int(),
  decoding: z.literal('greedy'),
  dtype: z.string(),
  baseModel: z.string().nullish(),
  /** The shape that answers had to follow; only `answer` knows one. */
  replySchema: z.record(z.string(), z.json()).nullish(),
});

/** The trainer's summary of `evaluate`. */
export const trainerSummarySchema = z.object({
  rows: z.array(z.object({ id: z.uuid(), base: trainerArmSchema, tuned: trainerArmSchema })),
  settings: trainerSettingsSchema,
});
export type TrainerSummary = z.infer<typeof trainerSummarySchema>;

/** The trainer's out file of `answer`. */
export const trainerAnswersSchema = z.object({
  rows: z.array(trainerArmSchema.extend({ id: z.string() })),
  settings: trainerSettingsSchema,
});
export type TrainerAnswers = z.infer<typeof trainerAnswersSchema>;

/** One row of the trainer's `answer`. */
export type AnswerRow = {
  id: string;
  model: 'base' | 'tuned';
  prompt: ChatMessage[];
  completion: [ChatMessage];
};

/** The row of an example, asked as training rows ask: with its own system prompt, else the brief's. */
export const exampleRow = (
  { id, model }: Pick<AnswerRow, 'id' | 'model'>,
  content: Content,
  systemPrompt: string,
): AnswerRow => ({
  id,
  model,
  prompt: [{ role: 'system', content: content.system ?? systemPrompt }, ...content.messages],
  completion: [{ role: 'assistant', content: content.reply }],
});
