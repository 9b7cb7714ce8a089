import { expect, test } from 'vitest';
import { clopperPearson } from '@/lib/proofs/statistics/exact';
import { badOf, naturalFrequency } from '@/lib/proofs/statistics/frequencies';

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

test.each([
  [0, 50, 17],
  [0, 20, 7],
  [1, 50, 10],
  [5, 50, 5],
  [40, 50, null],
  [0, 0, null],
  [0, 2, null],
])('%i bad of %i: up to 1 in %s', (bad, of, upToOneIn) => {
  expect(badOf(bad, of)).toEqual({ bad, of, upToOneIn });
});

test('impossible counts are refused', () => {
  expect(() => naturalFrequency(3, 2, { lower: 0, upper: 1 })).toThrow(RangeError);
  expect(() => naturalFrequency(0, 0, { lower: 0, upper: 1 })).toThrow(RangeError);
  expect(() => badOf(3, 2)).toThrow(RangeError);
});
