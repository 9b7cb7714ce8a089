import { describe, expect, test } from 'vitest';
import {
  binomialAtLeast,
  clopperPearson,
  clopperPearsonLower,
  clopperPearsonUpper,
  exactMcNemar,
  studentQuantile,
} from '@/lib/proofs/statistics/exact';

describe('clopperPearson', () => {
  // Closed forms at the ends; the others from scipy.stats.beta.ppf 1.17.
  test.each([
    [15, 15, 0.05, 0.025 ** (1 / 15), 1],
    [0, 50, 0.05, 0, 1 - 0.025 ** (1 / 50)],
    [0, 10, 0.05, 0, 0.3084971],
    [1, 10, 0.05, 0.0025285785, 0.4450161],
    [36, 50, 0.05, 0.5750946, 0.8376894],
    [500, 1000, 0.05, 0.4685492, 0.5314508],
  ])('%i of %i at %f', (successes, trials, alpha, lower, upper) => {
    const interval = clopperPearson(successes, trials, alpha);
    expect(interval.lower).toBeCloseTo(lower, 6);
    expect(interval.upper).toBeCloseTo(upper, 6);
  });

  test('15 of 15 could be as low as 78 %', () => {
    expect(Math.floor(clopperPearson(15, 15).lower * 100)).toBe(78);
  });

  test('0 bad of 50: up to 1 in 17 is possible, one-sided', () => {
    const upper = clopperPearsonUpper(0, 50);
    expect(upper).toBeCloseTo(1 - 0.05 ** (1 / 50), 9);
    expect(Math.floor(1 / upper)).toBe(17);
    expect(clopperPearsonLower(50, 50)).toBeCloseTo(1 - upper, 9);
  });

  test('no trials say nothing; impossible counts are refused', () => {
    expect(clopperPearson(0, 0)).toEqual({ lower: 0, upper: 1 });
    for (const [successes, trials] of [
      [2, 1],
      [-1, 3],
      [0.5, 3],
      [Number.NaN, 3],
    ] as const)
      expect(() => clopperPearson(successes, trials)).toThrow(RangeError);
  });

  test('the share that is tried lies in the interval at least 95 % of the time, exactly summed', () => {
    for (const [trials, share] of [
      [15, 0.3],
      [30, 0.5],
      [50, 0.93],
    ] as const) {
      let covered = 0;
      for (let count = 0; count <= trials; count += 1) {
        const { lower, upper } = clopperPearson(count, trials);
        const chance =
          binomialAtLeast(count, trials, share) -
          (count < trials ? binomialAtLeast(count + 1, trials, share) : 0);
        if (lower <= share && share <= upper) covered += chance;
      }
      expect(covered).toBeGreaterThanOrEqual(0.95);
    }
  });
});

describe('exactMcNemar', () => {
  test.each([
    [0, 0, 1],
    [5, 5, 1],
    [0, 5, 2 / 32],
    [5, 0, 2 / 32],
    [1, 9, 22 / 1024],
    [3, 12, (2 * (1 + 15 + 105 + 455)) / 32_768],
    [0, 60, 2 ** -59],
  ])('%i against %i', (onlyFirst, onlySecond, p) => {
    expect(exactMcNemar(onlyFirst, onlySecond) / p).toBeCloseTo(1, 9);
  });
});

test.each([
  [0, 10, 1],
  [10, 10, 1 / 1024],
  [8, 10, 56 / 1024],
])('at least %i of %i coin tosses', (successes, trials, p) => {
  expect(binomialAtLeast(successes, trials, 0.5)).toBeCloseTo(p, 12);
});

/** Values of the usual printed table of Student's distribution. */
test.each([
  [0.975, 1, 12.7062],
  [0.975, 2, 4.3027],
  [0.975, 9, 2.2622],
  [0.95, 6, 1.9432],
  [0.975, 29, 2.0452],
  [0.995, 49, 2.68],
])('t quantile %f with %i degrees of freedom', (probability, freedom, value) => {
  expect(studentQuantile(probability, freedom)).toBeCloseTo(value, 3);
});
