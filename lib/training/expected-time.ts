/** Used until this machine was measured: two processor cores, see docs/decisions. Tokens per second. */
const UNMEASURED_SPEED = 90;
/** Loading the model and writing the adapter, in seconds. */
const FIXED_SECONDS = 20;
/** Greedy answers in batches run at about this part of the training speed in tokens per second. */
const ANSWER_SPEED_SHARE = 0.25;

/** The middle one of some values, or the mean of the two in the middle; null of none. */
export function medianOf(values: number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/**
 * Expected length of a run in whole seconds: training passes, validation passes (a third of the
 * cost of training), and answers of both arms to the held-out prompts at half their limit.
 */
export function expectedSeconds(input: {
  trainingTokens: number;
  validationTokens: number;
  epochs: number;
  validationPasses: number;
  heldOutRows: number;
  maxNewTokens: number;
  tokensPerSecond: number | null;
}): number {
  const speed = input.tokensPerSecond ?? UNMEASURED_SPEED;
  const training = (input.trainingTokens * input.epochs) / speed;
  const validation = (input.validationTokens * input.validationPasses) / (3 * speed);
  const answers = (input.heldOutRows * 2 * input.maxNewTokens * 0.5) / (speed * ANSWER_SPEED_SHARE);
  return Math.ceil(FIXED_SECONDS + training + validation + answers);
}
