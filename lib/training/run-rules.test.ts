import { expect, test } from 'vitest';
import {
  proposeAnswerTokens,
  proposeEpochs,
  totalSteps,
  validationInterval,
  validationPasses,
} from './run-rules';
import { quoteCreateSchema } from './run-schema';

test.each([
  [8, 2],
  [120, 2],
  [199, 2],
  [200, 1],
  [5_000, 1],
])('%i training examples begin with %i passes', (examples, epochs) => {
  expect(proposeEpochs(examples)).toBe(epochs);
});

test.each([
  [10, 64],
  [66, 112],
  [400, 608],
  [5_000, 1_024],
])('a longest reply of %i tokens gives answers of at most %i', (reply, answer) => {
  expect(proposeAnswerTokens(reply)).toBe(answer);
});

test.each([
  [{ examples: 241, batchSize: 4, epochs: 1 }, 61, 31, 3],
  [{ examples: 48, batchSize: 4, epochs: 1 }, 12, 10, 3],
  [{ examples: 5_000, batchSize: 4, epochs: 2 }, 2_500, 50, 51],
])('%o: steps, steps between validations, validations', (run, steps, interval, passes) => {
  expect(totalSteps(run)).toBe(steps);
  expect(validationInterval(steps)).toBe(interval);
  expect(validationPasses(steps)).toBe(passes);
});

test('a quote asks for no number of passes by itself, and keeps one that is chosen', () => {
  expect(quoteCreateSchema.parse({}).settings.epochs).toBeUndefined();
  expect(quoteCreateSchema.parse({}).settings.maxNewTokens).toBeUndefined();
  expect(quoteCreateSchema.parse({ settings: { epochs: 3 } }).settings.epochs).toBe(3);
  expect(quoteCreateSchema.safeParse({ settings: { epochs: 0 } }).success).toBe(false);
});
