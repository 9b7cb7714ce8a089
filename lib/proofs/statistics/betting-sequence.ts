import {
  assertAlpha,
  assertScores,
  capitalNeeded,
  growthAbove,
  plannedBets,
} from '@/lib/proofs/statistics/bets';

/** Bounds of a mean, on the scale of what was measured. */
export type Interval = { lower: number; upper: number };

export type BettingOptions = {
  /** Error rate over all looks together, for example 0.05. */
  alpha: number;
  /** Rounds the bounds outwards to multiples of 1/grid; without it they are exact to 1e-12. */
  grid?: number;
};

/**
 * Confidence sequence for the mean of independent observations between 0 and 1: with probability
 * 1 − alpha the mean lies in *every* interval of the sequence, so that one may look after each
 * observation and stop when one likes. Hedged capital process with predictable plug-in bets,
 * truncated at c = ½, half of the capital on each direction, running intersection
 * (arXiv 2010.09686, hedged capital and its section on tuning the bets).
 *
 * Where the intersection would be empty (the observations are not of one mean), the last interval
 * that was not is kept; it holds the mean at least as surely.
 */
export function bettingInterval(scores: readonly number[], options: BettingOptions): Interval {
  const { alpha, grid } = options;
  assertOptions(scores, options);
  const lower = everRefuted(scores, alpha);
  const upper = 1 - everRefuted(mirrored(scores), alpha);
  if (lower <= upper) return roundOutwards({ lower, upper }, grid);
  return bettingPath(scores, options).at(-1) ?? { lower: 0, upper: 1 };
}

/** The interval after each observation; each lies within the one before. */
export function bettingPath(scores: readonly number[], options: BettingOptions): Interval[] {
  const { alpha, grid } = options;
  assertOptions(scores, options);
  const lowers = lowerPath(scores, alpha);
  const uppers = lowerPath(mirrored(scores), alpha).map((bound) => 1 - bound);

  const path: Interval[] = [];
  let last: Interval = { lower: 0, upper: 1 };
  for (const [at, lower] of lowers.entries()) {
    const upper = uppers[at] as number;
    if (lower > upper) {
      while (path.length < scores.length) path.push(last);
      break;
    }
    last = roundOutwards({ lower, upper }, grid);
    path.push(last);
  }
  return path;
}

/** The same as losses: an upper bound is the lower bound of the mirrored scores, mirrored. */
const mirrored = (scores: readonly number[]) => scores.map((score) => 1 - score);

function assertOptions(scores: readonly number[], { alpha, grid }: BettingOptions): void {
  assertAlpha(alpha);
  assertScores(scores);
  if (grid !== undefined && !(Number.isInteger(grid) && grid > 0))
    throw new RangeError('grid is a positive whole number');
}

/** Halvings between 0 and 1 after which a bound is exact to 1e-12. */
const HALVINGS = 40;

/** The largest mean that `isRefuted`, which holds for every mean below one that it holds for. */
function largestRefuted(from: number, isRefuted: (mean: number) => boolean): number {
  if (!isRefuted(from)) return from;
  let bound = from;
  let kept = 1;
  for (let step = 0; step < HALVINGS; step += 1) {
    const middle = (bound + kept) / 2;
    if (isRefuted(middle)) bound = middle;
    else kept = middle;
  }
  return bound;
}

/** The largest mean that was refuted after any number of the observations; 0 where none was. */
function everRefuted(scores: readonly number[], alpha: number): number {
  const bets = plannedBets(scores, alpha);
  const needed = capitalNeeded(alpha);
  return largestRefuted(0, (mean) => {
    let capital = 1;
    for (let at = 0; at < scores.length && capital < needed; at += 1)
      capital *= growthAbove(bets[at] as number, mean, scores[at] as number);
    return capital >= needed;
  });
}

/** After each observation the largest mean that was refuted so far; 0 while there is none. */
function lowerPath(scores: readonly number[], alpha: number): number[] {
  const bets = plannedBets(scores, alpha);
  const needed = capitalNeeded(alpha);
  const path: number[] = [];
  let bound = 0;
  for (let count = 1; count <= scores.length; count += 1) {
    bound = largestRefuted(bound, (mean) => capitalAfter(scores, bets, count, mean) >= needed);
    path.push(bound);
  }
  return path;
}

/** Capital of the bet that the mean is above `mean`, after the first `count` observations. */
function capitalAfter(
  scores: readonly number[],
  bets: Float64Array,
  count: number,
  mean: number,
): number {
  let capital = 1;
  for (let at = 0; at < count; at += 1)
    capital *= growthAbove(bets[at] as number, mean, scores[at] as number);
  return capital;
}

function roundOutwards({ lower, upper }: Interval, grid: number | undefined): Interval {
  if (grid === undefined) return { lower, upper };
  return { lower: Math.floor(lower * grid) / grid, upper: Math.ceil(upper * grid) / grid };
}
