import { expect, test } from 'vitest';
import { levelOfRun } from '@/lib/proofs/statistics/levels';

test.each([
  [1, 0.025],
  [2, 0.05 / 6],
  [3, 0.05 / 12],
  [10, 0.05 / 110],
])('run %i is judged at %f', (run, level) => {
  expect(levelOfRun(run)).toBeCloseTo(level, 15);
});

test('all runs together stay within α', () => {
  let sum = 0;
  for (let run = 1; run <= 100_000; run += 1) sum += levelOfRun(run);
  expect(sum).toBeLessThanOrEqual(0.05);
  expect(sum).toBeGreaterThan(0.0499);
});

test.each([0, -1, 1.5, Number.NaN])('there is no run %f', (run) => {
  expect(() => levelOfRun(run)).toThrow(RangeError);
});
