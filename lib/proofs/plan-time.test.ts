import { expect, test } from 'vitest';
import { isPlanBeforeRun, planTimeLine } from './plan-time';

const at = (hour: number) => new Date(Date.UTC(2026, 2, 2, hour));

test.each([
  [8, 9, true],
  [9, 9, false],
  [10, 9, false],
  [8, null, false],
])('a plan of %i o’clock and a training that began at %s', (sealed, started, isBefore) => {
  const startedAt = started === null ? null : at(started);
  expect(isPlanBeforeRun(at(sealed), startedAt)).toBe(isBefore);
  const line = planTimeLine({
    planSealedAt: at(sealed).toISOString(),
    runStartedAt: startedAt?.toISOString() ?? null,
  });
  expect(line).toMatch(isBefore ? /before the training began/ : /^NOTE .*after the training/);
});
