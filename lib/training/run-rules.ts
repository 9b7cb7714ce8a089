import { MAX_ANSWER_TOKENS, type RunSettings } from './run-schema';

/** Examples seen after which the embedded model has taken a voice over: twenty-five steps of eight. */
const ENOUGH_SEEN = 200;

/**
 * Passes over the training examples that a run begins with unless somebody chooses: two, as a
 * release of some hundred needs, and one where one already shows enough examples. More passes
 * cost minutes and learn replies by heart.
 */
export const proposeEpochs = (trainingExamples: number): number =>
  trainingExamples >= ENOUGH_SEEN ? 1 : 2;

/** What the settings of a run are called by the trainer; an adapter is twice as strong as its rank. */
export const trainerSettings = ({ epochs, learningRate, loraRank, batchSize }: RunSettings) => ({
  epochs,
  learningRate,
  lora: { r: loraRank, alpha: loraRank * 2 },
  batchSize,
  gradientAccumulation: 1,
});

/** An answer that is cut at half as much again as the longest ideal reply was too long anyway. */
const ROOM = 1.5;
const ANSWER_STEP = 16;

/**
 * Limit for the answers to held-out prompts, in tokens, from the longest reply that is trained on:
 * long replies are not cut off, and short ones do not wait for a model that rambles.
 */
export function proposeAnswerTokens(longestReplyTokens: number): number {
  const wanted = Math.ceil((longestReplyTokens * ROOM) / ANSWER_STEP) * ANSWER_STEP;
  return Math.min(MAX_ANSWER_TOKENS, Math.max(64, wanted));
}

/** Steps of the optimizer that a run takes. */
export const totalSteps = (run: { examples: number; batchSize: number; epochs: number }): number =>
  Math.ceil(run.examples / run.batchSize) * run.epochs;

/**
 * Steps between two looks at the validation examples: a short run looks in its middle and at its
 * end, a long one every fifty steps. A look costs about as much as a step for each dozen examples.
 */
export const validationInterval = (steps: number): number =>
  Math.min(50, Math.max(10, Math.ceil(steps / 2)));

/** How often a run looks at the validation examples: before the first step, on its way, at its end. */
export const validationPasses = (steps: number): number =>
  1 + Math.ceil(steps / validationInterval(steps));
