import { studentQuantile } from '@/lib/proofs/statistics/exact';

/** Score of one training on a nested part of the release; larger is better. */
export type CurveRun = { share: number; seed: number; score: number };
export type CurvePoint = {
  share: number;
  mean: number;
  lower: number;
  upper: number;
  runs: number;
};

export const curveAnswers = ['likely', 'unlikely', 'cannot_tell'] as const;

export type LearningCurve = {
  answer: (typeof curveAnswers)[number];
  /** One per part, smallest first, with its band. */
  points: CurvePoint[];
  /** What the last doubling brought, with its band; null without two parts. */
  lastGain: { mean: number; lower: number; upper: number } | null;
};

export type CurveOptions = {
  /** Gain from twice the examples that would be worth writing them, in the unit of the score. */
  worthwhile?: number;
  /** Share of bands that miss, both sides together. */
  alpha?: number;
};

/**
 * Whether more examples will help, from trainings on nested parts of a release (25, 50 and 100 %,
 * three seeds each), judged on the same held-out examples.
 *
 * Rule: doubling again is expected to bring no more than the last doubling did. If the whole band
 * of that gain is above `worthwhile`, more examples are likely to help; if the whole band is below
 * it, unlikely; else one cannot tell. The band is Student's, at 80 % by default, with the spread
 * between seeds pooled over all parts (three seeds alone would say nothing). It covers the luck of
 * training, not that of the held-out examples, which is the same in all runs.
 */
export function learningCurve(
  runs: readonly CurveRun[],
  { worthwhile = 0.02, alpha = 0.2 }: CurveOptions = {},
): LearningCurve {
  if (!runs.every((run) => Number.isFinite(run.score) && run.share > 0 && run.share <= 1))
    throw new RangeError('scores are finite and shares are between 0 and 1');
  const parts = byShare(runs);
  const freedom = runs.length - parts.length;
  const spread = pooledVariance(parts, freedom);
  const reach = (variance: number) =>
    spread === null ? null : studentQuantile(1 - alpha / 2, freedom) * Math.sqrt(variance * spread);
  const around = (mean: number, width: number | null) => ({
    mean,
    lower: width === null ? Number.NEGATIVE_INFINITY : mean - width,
    upper: width === null ? Number.POSITIVE_INFINITY : mean + width,
  });

  const points = parts.map(({ share, scores }) => ({
    share,
    ...around(average(scores), reach(1 / scores.length)),
    runs: scores.length,
  }));
  const [before, last] = points.slice(-2);
  if (before === undefined || last === undefined)
    return { answer: 'cannot_tell', points, lastGain: null };
  const gain = around(last.mean - before.mean, reach(1 / last.runs + 1 / before.runs));
  return { answer: answerOf(gain, worthwhile), points, lastGain: gain };
}

function answerOf(gain: { lower: number; upper: number }, worthwhile: number) {
  if (gain.lower > worthwhile) return 'likely';
  return gain.upper < worthwhile ? 'unlikely' : 'cannot_tell';
}

type Part = { share: number; scores: number[] };

function byShare(runs: readonly CurveRun[]): Part[] {
  const parts = new Map<number, number[]>();
  for (const { share, score } of runs) parts.set(share, [...(parts.get(share) ?? []), score]);
  return [...parts].map(([share, scores]) => ({ share, scores })).sort((a, b) => a.share - b.share);
}

/** Variance between seeds within a part; null with nothing to compare. */
function pooledVariance(parts: readonly Part[], freedom: number): number | null {
  if (freedom < 1) return null;
  const squares = parts.flatMap(({ scores }) => {
    const mean = average(scores);
    return scores.map((score) => (score - mean) ** 2);
  });
  return squares.reduce((sum, square) => sum + square, 0) / freedom;
}

const average = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
