import { expect, test } from 'vitest';
import { expectedSeconds, medianOf } from './expected-time';

test.each([
  [[], null],
  [[7], 7],
  [[1, 100], 50.5],
  [[120, 3, 100], 100],
  [[4, 1, 3, 2], 2.5],
])('median of %j is %j', (values, median) => {
  expect(medianOf(values)).toBe(median);
});

test('half the speed takes twice as long, save what does not depend on it', () => {
  const input = {
    trainingTokens: 9_000,
    validationTokens: 900,
    epochs: 2,
    validationPasses: 2,
    heldOutRows: 10,
    maxNewTokens: 100,
  };
  const seconds = (tokensPerSecond: number | null) =>
    expectedSeconds({ ...input, tokensPerSecond });
  // 20 s fixed; 18,000 tokens trained, 1,800 validated at a third, 1,000 answered at four times.
  expect(seconds(100)).toBe(20 + 180 + 6 + 40);
  expect(seconds(50)).toBe(20 + 2 * (180 + 6 + 40));
  expect(seconds(null)).toBe(seconds(90));
});
