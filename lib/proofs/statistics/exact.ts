import jstat from 'jstat';
import type { Interval } from '@/lib/proofs/statistics/betting-sequence';

/**
 * Exact methods for counts. They are for *one* look at independent yes/no outcomes; a result that
 * people watch while it grows uses the betting sequence.
 */

/** Quantile of Student's t distribution; degrees of freedom above 0. */
export function studentQuantile(probability: number, degreesOfFreedom: number): number {
  return jstat.studentt.inv(probability, degreesOfFreedom);
}

/** Two-sided p-value of a value of Student's t; degrees of freedom above 0. */
export function studentPValue(value: number, degreesOfFreedom: number): number {
  return Math.min(1, 2 * jstat.studentt.cdf(-Math.abs(value), degreesOfFreedom));
}

/** Quantile of the beta distribution. */
export function betaQuantile(probability: number, alpha: number, beta: number): number {
  return jstat.beta.inv(probability, alpha, beta);
}

/**
 * Two-sided interval of Clopper and Pearson (Biometrika 26, 1934) for the share behind `successes`
 * of `trials`, by its beta quantiles: 15 of 15 "could be as low as 78 %".
 */
export function clopperPearson(successes: number, trials: number, alpha = 0.05): Interval {
  return {
    lower: clopperPearsonLower(successes, trials, alpha / 2),
    upper: clopperPearsonUpper(successes, trials, alpha / 2),
  };
}

/** One-sided lower bound of a share, at error rate `alpha`. 0 without trials. */
export function clopperPearsonLower(successes: number, trials: number, alpha = 0.05): number {
  assertCounts(successes, trials);
  if (successes === 0) return 0;
  return betaQuantile(alpha, successes, trials - successes + 1);
}

/** One-sided upper bound of a share, at error rate `alpha`: 0 of 50 leaves 1 in 17 possible. */
export function clopperPearsonUpper(successes: number, trials: number, alpha = 0.05): number {
  assertCounts(successes, trials);
  if (successes === trials) return 1;
  return betaQuantile(1 - alpha, successes + 1, trials - successes);
}

/** Probability of at least `successes` in `trials` independent tries that succeed with `chance`. */
export function binomialAtLeast(successes: number, trials: number, chance: number): number {
  assertCounts(Math.min(successes, trials), trials);
  let sum = 0;
  for (let count = trials; count >= successes; count -= 1)
    sum += jstat.binomial.pdf(count, trials, chance);
  return Math.min(1, sum);
}

/**
 * Exact McNemar test (two-sided binomial on the pairs that differ): the p-value of "neither of the
 * two passes more often", from the examples that only one of them passes. 1 where none differs.
 * For independent examples; clustered ones take the clustered difference.
 */
export function exactMcNemar(onlyFirst: number, onlySecond: number): number {
  const discordant = onlyFirst + onlySecond;
  assertCounts(onlyFirst, discordant);
  if (discordant === 0) return 1;
  return Math.min(1, 2 * binomialAtLeast(Math.max(onlyFirst, onlySecond), discordant, 0.5));
}

function assertCounts(successes: number, trials: number): void {
  const whole = Number.isInteger(successes) && Number.isInteger(trials);
  if (!whole || successes < 0 || successes > trials)
    throw new RangeError('counts are whole, and no more successes than trials');
}
