import { z } from 'zod';
import { isStorable } from '@/lib/storable-text';

/** Longest note about what is wrong with an answer. */
export const MAX_NOTE = 500;

export const askedAgainOutcomes = ['right_now', 'still_wrong'] as const;
export type AskedAgainOutcome = (typeof askedAgainOutcomes)[number];

/** The tuned model's answer to one held-out example. */
export const answerRefSchema = z.object({ modelId: z.uuid(), exampleId: z.uuid() });
export type AnswerRef = z.infer<typeof answerRefSchema>;

/** The answer that a person saw: a proof's own, or without one the run's. */
export type SeenAnswer = AnswerRef & { proofId?: string | undefined };

export const markSchema = answerRefSchema.extend({
  proofId: z.uuid().optional(),
  note: z.string().trim().max(MAX_NOTE).refine(isStorable).default(''),
});

export const openMarkedSchema = answerRefSchema.extend({ endVoting: z.boolean().default(false) });

export const openAskedAgainSchema = z.object({
  modelId: z.uuid(),
  endVoting: z.boolean().default(false),
});

/** `modelId` is the model whose answer was marked, `laterModelId` the one that was asked again. */
export const judgeSchema = answerRefSchema.extend({
  laterModelId: z.uuid(),
  outcome: z.enum(askedAgainOutcomes),
});
