import { describe, expect, test } from 'vitest';
import { bettingInterval } from '@/lib/proofs/statistics/betting-sequence';
import { levelOfRun } from '@/lib/proofs/statistics/levels';
import {
  canProve,
  canStillDecide,
  votesStillNeeded,
  winsNeeded,
} from '@/lib/proofs/statistics/power';
import { processorTimer } from '@/tests/processor-time';

const wins = (count: number) => Array<number>(count).fill(1);
const losses = (count: number) => Array<number>(count).fill(0);
const first = levelOfRun(1);

describe('winsNeeded', () => {
  test.each([
    [11, 11],
    [15, 14],
    [30, 24],
    [50, 36],
    [100, 67],
  ])('with %i held-out groups a first run needs %i wins', (groups, needed) => {
    expect(winsNeeded(groups, first)).toBe(needed);
  });

  test('with too few groups nothing could prove it', () => {
    expect(winsNeeded(0, first)).toBe(null);
    expect(winsNeeded(10, first)).toBe(null);
    expect(winsNeeded(9, 0.05)).toBe(null);
    expect(winsNeeded(10, 0.05)).toBe(10);
  });

  test('later runs on the same examples need more', () => {
    const needed = [1, 2, 5].map((run) => winsNeeded(50, levelOfRun(run)) ?? Number.NaN);
    expect(needed).toEqual([...needed].sort((a, b) => a - b));
    expect(needed[2]).toBeGreaterThan(needed[0] as number);
  });

  test('a thousand groups are quick, and need a smaller share', () => {
    const usedTime = processorTimer();
    const needed = winsNeeded(1_000, first) ?? Number.NaN;
    expect(usedTime()).toBeLessThan(4_000);
    expect(needed / 1_000).toBeGreaterThan(0.5);
    expect(needed / 1_000).toBeLessThan(0.6);
  });

  test.each([-1, 1.5, Number.NaN])('refuses %f groups', (groups) => {
    expect(() => winsNeeded(groups, first)).toThrow(RangeError);
  });
});

test.each([
  [10, 0.025, false],
  [11, 0.025, true],
  [9, 0.05, false],
  [10, 0.05, true],
])('%i groups at %f: provable is %s, as the interval says', (groups, alpha, provable) => {
  expect(canProve(groups, alpha)).toBe(provable);
  expect(bettingInterval(wins(groups), { alpha }).lower > 0.5).toBe(provable);
});

describe('votesStillNeeded', () => {
  test('nothing seen: no guess', () => {
    expect(votesStillNeeded({ scores: [], alpha: first })).toBe(null);
  });

  test('decided already: none', () => {
    expect(votesStillNeeded({ scores: wins(15), alpha: first })).toEqual({ groups: 0, votes: 0 });
    expect(votesStillNeeded({ scores: losses(15), alpha: first })).toEqual({ groups: 0, votes: 0 });
  });

  test('all won so far: exactly what is missing of eleven', () => {
    expect(votesStillNeeded({ scores: wins(4), alpha: first, votesPerGroup: 3 })).toEqual({
      groups: 7,
      votes: 21,
    });
  });

  test('the closer to chance, the longer; at chance itself it is no plan', () => {
    const mixed = (won: number) =>
      Array.from({ length: 20 }, (_, at) =>
        Math.floor(((at + 1) * won) / 20) > Math.floor((at * won) / 20) ? 1 : 0,
      );
    const groups = [15, 14, 13, 12].map(
      (won) => votesStillNeeded({ scores: mixed(won), alpha: first })?.groups ?? Number.NaN,
    );
    expect(groups).toEqual([...groups].sort((a, b) => a - b));
    expect(groups[0]).toBeGreaterThan(5);
    expect(groups[3]).toBeGreaterThan(10 * (groups[0] as number));
    expect(votesStillNeeded({ scores: Array(20).fill(0.5), alpha: first })).toBe(null);
  });

  test('a margin lets equal models be decided as no better', () => {
    const scores = Array.from({ length: 20 }, (_, at) => at % 2);
    const withMargin = votesStillNeeded({ scores, alpha: first, margin: 0.1 });
    expect(withMargin?.groups).toBeGreaterThan(50);
    expect(withMargin?.groups).toBeLessThan(1_000);
  });

  test('says the same every time', () => {
    const question = { scores: [1, 0, 1, 1, 0.5, 1, 0, 1], alpha: first };
    expect(votesStillNeeded(question)).toEqual(votesStillNeeded(question));
  });
});

describe('canStillDecide', () => {
  const rule = { alpha: first, margin: 0.05 };
  test.each<[string, number[], number, boolean]>([
    ['decided', wins(12), 0, true],
    ['used up without a decision', [...wins(8), ...losses(4)], 0, false],
    ['too few left', [...losses(4), ...wins(8)], 1, false],
    ['enough left', [...losses(4), ...wins(8)], 20, true],
    ['nothing seen, nine planned', [], 9, false],
    // Ten losses show "no better by the margin" one group sooner than ten wins show "better".
    ['nothing seen, ten planned', [], 10, true],
  ])('%s', (_, scores, open, possible) => {
    expect(canStillDecide(scores, open, rule)).toBe(possible);
  });
});
