import { expect, test } from 'vitest';
import { holmAdjust } from '@/lib/proofs/statistics/holm';

test.each([
  [[], []],
  [[0.04], [0.04]],
  // Worked by hand: 4 × 0.005, then 3 × 0.01, then 2 × 0.03 and 1 × 0.04, never falling.
  [
    [0.01, 0.04, 0.03, 0.005],
    [0.03, 0.06, 0.06, 0.02],
  ],
  [
    [0.5, 0.6],
    [1, 1],
  ],
  [
    [0.02, 0.02, 0.02],
    [0.06, 0.06, 0.06],
  ],
  [
    [0, 1],
    [0, 1],
  ],
])('%j becomes %j', (pValues, adjusted) => {
  const result = holmAdjust(pValues);
  expect(result.length).toBe(adjusted.length);
  for (const [index, value] of adjusted.entries()) expect(result[index]).toBeCloseTo(value, 12);
});

test('what is no probability is refused', () => {
  expect(() => holmAdjust([0.1, Number.NaN])).toThrow(RangeError);
  expect(() => holmAdjust([1.1])).toThrow(RangeError);
});
