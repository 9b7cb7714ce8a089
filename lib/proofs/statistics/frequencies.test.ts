import { expect, test } from 'vitest';
import { clopperPearson } from '@/lib/proofs/statistics/exact';
import { couldBeElsewhere, naturalFrequency } from '@/lib/proofs/statistics/frequencies';

test.each([
  [36, 50, { lower: 0.507, upper: 0.87 }, { count: 36, of: 50, atLeast: 25, atMost: 44 }],
  [36.5, 50, { lower: 0.5, upper: 1 }, { count: 36.5, of: 50, atLeast: 25, atMost: 50 }],
  [3, 10, { lower: 0.3, upper: 0.7 }, { count: 3, of: 10, atLeast: 3, atMost: 7 }],
  [0, 10, { lower: 0, upper: 0.31 }, { count: 0, of: 10, atLeast: 0, atMost: 4 }],
])('%f of %i within %j', (count, of, bounds, expected) => {
  expect(naturalFrequency(count, of, bounds)).toEqual(expected);
});

test('15 of 15: elsewhere at least 11 of 15, which is the 78 % rounded down', () => {
  expect(naturalFrequency(15, 15, clopperPearson(15, 15)).atLeast).toBe(11);
});

/** `good` of `of` rows do well, `size` rows to a group, one group after the other. */
const rows = (good: number, of: number, size = 1) =>
  Array.from({ length: of }, (_, n) => ({
    groupNumber: Math.floor(n / size),
    isGood: n < good,
  }));

test.each([
  [15, 15, 78, 100],
  [0, 15, 0, 22],
  [12, 15, 51, 96],
  [50, 50, 92, 100],
  [1, 1, 2, 100],
])('%i of %i: elsewhere from %i to %i of 100', (good, of, atLeast, atMost) => {
  expect(couldBeElsewhere(rows(good, of))).toEqual({ atLeast, atMost });
});

test('rows of one group count once, and no worse count has a better bound', () => {
  // 60 of 60 in 20 groups is 20 of 20, not 60 of 60.
  expect(couldBeElsewhere(rows(60, 60, 3))).toEqual(couldBeElsewhere(rows(20, 20)));
  expect(couldBeElsewhere(rows(59, 60, 3))?.atLeast).toBe(75);
  // 20 groups of three rows and 40 of one: shares of groups, not of rows.
  const mixed = [
    ...rows(0, 60, 3),
    ...rows(40, 40).map((row) => ({ ...row, groupNumber: row.groupNumber + 100 })),
  ];
  expect(couldBeElsewhere(mixed)).toEqual(couldBeElsewhere(rows(40, 60)));
  const bounds = Array.from({ length: 61 }, (_, good) => couldBeElsewhere(rows(good, 60, 3)));
  for (const [good, bound] of bounds.entries()) {
    const worse = bounds[good - 1];
    if (!bound || !worse) continue;
    expect(bound.atLeast).toBeGreaterThanOrEqual(worse.atLeast);
    expect(bound.atMost).toBeGreaterThanOrEqual(worse.atMost);
  }
  expect(couldBeElsewhere([])).toBeNull();
});

test('impossible counts are refused', () => {
  expect(() => naturalFrequency(3, 2, { lower: 0, upper: 1 })).toThrow(RangeError);
  expect(() => naturalFrequency(0, 0, { lower: 0, upper: 1 })).toThrow(RangeError);
});
