import { describe, expect, test } from 'vitest';
import { clusteredDifference, studentTest } from '@/lib/proofs/statistics/clustered';
import { seededRandom } from '@/lib/proofs/statistics/seeded-random';

const pair = (cluster: string, difference: number) => ({ cluster, difference });

describe('clusteredDifference', () => {
  test('clusters of one: the ordinary standard error of a paired difference', () => {
    const values = [1, 0, 0, 1, -1, 1, 0, 1, 1, 0];
    const result = clusteredDifference(values.map((value, at) => pair(`g${at}`, value)));
    // Mean 0.4, sum of squared deviations 4.4: √(4.4/9/10) = 0.2211; t(0.975, 9) = 2.2622.
    expect(result.difference).toBeCloseTo(0.4, 12);
    expect(result.standardError).toBeCloseTo(Math.sqrt(4.4 / 90), 12);
    expect(result.lower).toBeCloseTo(0.4 - 2.262157 * Math.sqrt(4.4 / 90), 5);
    expect(result.upper).toBeCloseTo(0.4 + 2.262157 * Math.sqrt(4.4 / 90), 5);
    expect(result).toMatchObject({ clusters: 10, tooFew: false });
  });

  test('by hand, two clusters of two: (1 + 1 − 2·½)² twice, over 16, times 2', () => {
    const result = clusteredDifference([pair('a', 1), pair('a', 1), pair('b', 0), pair('b', 0)]);
    expect(result.standardError).toBeCloseTo(0.5, 12);
    expect(result.tooFew).toBe(true);
  });

  test('copies within a group add nothing: four times the rows, the same error', () => {
    const values = [1, 0, 0, 1, -1, 1, 0, 1, 1, 0, 0, 1];
    const once = values.map((value, at) => pair(`g${at}`, value));
    const copied = once.flatMap((one) => [one, one, one, one]);
    const apart = copied.map((one, at) => ({ ...one, cluster: `${one.cluster}-${at}` }));
    expect(clusteredDifference(copied).standardError).toBeCloseTo(
      clusteredDifference(once).standardError,
      12,
    );
    expect(clusteredDifference(apart).standardError).toBeLessThan(
      0.6 * clusteredDifference(once).standardError,
    );
  });

  test.each([0, 1, 9, 10])('%i groups', (clusters) => {
    const result = clusteredDifference(
      Array.from({ length: clusters }, (_, at) => pair(`g${at}`, at % 2)),
    );
    expect(result.clusters).toBe(clusters);
    expect(result.tooFew).toBe(clusters < 10);
    expect(Number.isFinite(result.standardError)).toBe(clusters >= 2);
  });

  test('a number that is none is refused', () => {
    expect(() => clusteredDifference([pair('a', Number.NaN)])).toThrow(RangeError);
  });

  test('covers the truth about 95 % of the time with groups of alike examples', () => {
    const random = seededRandom(241_100_640);
    const rounds = 2_000;
    let covered = 0;
    for (let round = 0; round < rounds; round += 1) {
      const pairs = Array.from({ length: 25 }, (_, group) => {
        const shared = random() - 0.5;
        return Array.from({ length: 4 }, () => pair(`g${group}`, shared + random() - 0.5));
      }).flat();
      const { lower, upper } = clusteredDifference(pairs);
      if (lower <= 0 && upper >= 0) covered += 1;
    }
    expect(covered / rounds).toBeGreaterThan(0.93);
    expect(covered / rounds).toBeLessThan(0.97);
  });
});

test.each([
  // Student's t at 9 degrees of freedom: 2.262 leaves 5 %, 3.250 leaves 1 %.
  [2.262, 10, 0.05],
  [-3.25, 10, 0.01],
  [0, 10, 1],
])('a difference of %f standard errors over %i clusters has p = %f', (ratio, clusters, p) => {
  const given = {
    difference: ratio,
    standardError: 1,
    clusters,
    lower: 0,
    upper: 0,
    tooFew: false,
  };
  expect(studentTest(given)).toBeCloseTo(p, 3);
});

test('clusters that all differ alike are as many heads in a row; one cluster says nothing', () => {
  const alike = Array.from({ length: 6 }, (_, n) => ({ cluster: `${n}`, difference: 1 }));
  expect(studentTest(clusteredDifference(alike))).toBeCloseTo(2 * 0.5 ** 6, 12);
  expect(studentTest(clusteredDifference(alike.slice(0, 1)))).toBe(1);
  // One of three rows in each of ten groups: a third is no exact number.
  const thirds = Array.from({ length: 30 }, (_, n) => ({
    cluster: `${Math.floor(n / 3)}`,
    difference: n % 3 === 0 ? 1 : 0,
  }));
  expect(studentTest(clusteredDifference(thirds))).toBeCloseTo(2 * 0.5 ** 10, 12);
});
