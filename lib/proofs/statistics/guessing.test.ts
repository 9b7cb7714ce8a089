import { expect, test } from 'vitest';
import { judgeGuessing } from '@/lib/proofs/statistics/guessing';

test.each([
  [0, 0, 0, 1, false],
  [0, 0, 30, 1, false],
  [4, 0, 0, 1 / 16, false],
  [5, 0, 0, 1 / 32, true],
  [5, 0, 100, 1 / 32, true],
  [8, 2, 0, 56 / 1024, false],
  [9, 1, 3, 11 / 1024, true],
  [0, 9, 0, 1, false],
  [10, 10, 0, 616_666 / 1_048_576, false],
])('%i right, %i wrong, %i unsure: p = %f', (right, wrong, dontKnow, pValue, gaveItAway) => {
  const result = judgeGuessing({ right, wrong, dontKnow });
  expect(result.pValue).toBeCloseTo(pValue, 9);
  expect(result.gaveItAway).toBe(gaveItAway);
  expect(result.share).toBe(right + wrong === 0 ? null : right / (right + wrong));
});
