/**
 * The bets under the betting confidence sequence of Waudby-Smith and Ramdas, "Estimating means of
 * bounded random variables by betting" (arXiv 2010.09686). Somebody who doubts that the mean is
 * `mean` bets against it, observation by observation; capital that grew 2/α-fold is evidence of
 * error rate α/2 against that mean, no matter when one looked.
 */

/** What the size of the next bet depends on: all observations so far, and none that follows. */
export type BetState = {
  /** Observations so far. */
  seen: number;
  /** Sum of the observations, with one imagined observation of ½. */
  sum: number;
  /** Sum of squared distances from the running mean, with an imagined variance of ¼. */
  spread: number;
};

export const noObservations: BetState = { seen: 0, sum: 0.5, spread: 0.25 };

/**
 * Size of the next bet before truncation, the predictable plug-in of the paper:
 * √(2 ln(2/α) / (σ̂² t ln(t + 1))), where t counts the coming observation and σ̂² is the variance
 * of those before it. Per unit of distance between observation and mean.
 */
export function plannedBet({ seen, spread }: BetState, alpha: number): number {
  const next = seen + 1;
  const variance = spread / next;
  return Math.sqrt((2 * Math.log(2 / alpha)) / (variance * next * Math.log(next + 1)));
}

export function observe({ seen, sum, spread }: BetState, score: number): BetState {
  const newSum = sum + score;
  const mean = newSum / (seen + 2);
  return { seen: seen + 1, sum: newSum, spread: spread + (score - mean) ** 2 };
}

/** The planned bets of a whole sequence, one per observation. */
export function plannedBets(scores: readonly number[], alpha: number): Float64Array {
  const bets = new Float64Array(scores.length);
  let state = noObservations;
  for (const [at, score] of scores.entries()) {
    bets[at] = plannedBet(state, alpha);
    state = observe(state, score);
  }
  return bets;
}

/** Share of the capital that one bet may lose at most: the paper's c = ½. */
const MOST_AT_STAKE = 0.5;

/**
 * What the capital is multiplied by when a bet that the true mean is above `mean` meets `score`.
 * Never below ½. Falls as `mean` rises, which is why the means that are refuted are an interval.
 */
export function growthAbove(bet: number, mean: number, score: number): number {
  return 1 + Math.min(bet, MOST_AT_STAKE / mean) * (score - mean);
}

/** Capital at which half of the initial capital, staked on one direction, has grown 1/α-fold. */
export function capitalNeeded(alpha: number): number {
  return 2 / alpha;
}

export function assertScores(scores: readonly number[]): void {
  if (!scores.every((score) => score >= 0 && score <= 1))
    throw new RangeError('scores are between 0 and 1');
}

export function assertAlpha(alpha: number): void {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError('alpha is between 0 and 1');
}
