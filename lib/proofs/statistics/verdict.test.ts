import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bettingInterval, type Interval } from '@/lib/proofs/statistics/betting-sequence';
import {
  decidePair,
  decideVerdict,
  isGoodEnough,
  type PairStand,
  type VerdictInput,
  verdicts,
} from '@/lib/proofs/statistics/verdict';

const better = { lower: 0.55, upper: 0.8 };
const open = { lower: 0.45, upper: 0.7 };
const equal = { lower: 0.4, upper: 0.54 };
const worse = { lower: 0.1, upper: 0.45 };
const slightly = { lower: 0.51, upper: 0.54 };

const usual: VerdictInput = {
  versusBase: better,
  versusInstructed: better,
  level: 0.025,
  groupsDecided: 50,
  groupsPlanned: 50,
  margin: 0.05,
  scoreMargin: 0.05,
  goodEnough: { share: 0.9, lower: 0.82, bar: 0.85 },
  aboutMoreVotes: 40,
};
const below = { share: 0.8, lower: 0.7, bar: 0.85 };
const notProven = { verdict: 'not_proven', aboutMoreVotes: 40, closedWith: null };
const tooFew = { verdict: 'cannot_be_proven', reason: 'too_few_groups' };
const usedUp = { verdict: 'cannot_be_proven', reason: 'groups_used_up' };
const noBetter = (...than: string[]) => ({ verdict: 'no_better_than_instructions', than });
const oneOpponent = { verdict: 'cannot_be_proven', reason: 'one_opponent' };
/** A plan that names one opponent: the plain base model, or the nearest reply. */
const named = (interval: Interval, isBase: boolean): Partial<VerdictInput> => ({
  versusBase: isBase ? interval : null,
  versusInstructed: null,
  versusNamed: { interval, isBase },
});
describe('decidePair', () => {
  const { versusBase: _, versusInstructed: __, goodEnough: ___, margin: ____, ...progress } = usual;
  test.each<[string, Interval | null, Partial<VerdictInput>, PairStand]>([
    ['one is better', better, { groupsDecided: 20 }, 'better'],
    ['one is worse', worse, { groupsDecided: 20 }, 'no_better'],
    ['alike', equal, { groupsDecided: 20 }, 'no_better'],
    ['nine groups decided', better, { groupsDecided: 9 }, 'open'],
    ['nothing decided', null, { groupsDecided: 0 }, 'open'],
    ['nothing shown yet', open, { groupsDecided: 30 }, 'open'],
    ['closed early', open, { groupsDecided: 30, isClosed: true }, 'closed'],
    ['nothing shown by all', open, {}, 'used_up'],
    ['too few groups', better, { groupsPlanned: 10, groupsDecided: 10 }, 'too_few'],
  ])('two others, %s: nothing of the tuned model', (_name, interval, change, stand) => {
    expect(decidePair(interval, { ...progress, ...change })).toEqual({
      verdict: 'cannot_be_proven',
      reason: 'without_tuned',
      stand,
      aboutMoreVotes: 40,
    });
  });
});

describe('decideVerdict', () => {
  test.each<[string, Partial<VerdictInput>, unknown]>([
    ['better than both, above the bar', {}, { verdict: 'better_and_good_enough' }],
    ['below the bar', { goodEnough: below }, { verdict: 'better_not_good_enough' }],
    [
      'at the bar by luck: the bound is too low',
      { goodEnough: { share: 0.85, lower: 0.8, bar: 0.85 } },
      { verdict: 'better_not_good_enough' },
    ],
    [
      'the bound is fine, the share is not',
      { goodEnough: { share: 0.849, lower: 0.81, bar: 0.85 } },
      { verdict: 'better_not_good_enough' },
    ],
    ['better while groups are open', { groupsDecided: 20 }, { verdict: 'better_and_good_enough' }],
    ['better by little', { versusInstructed: slightly }, { verdict: 'better_and_good_enough' }],
    ['no better than instructions', { versusInstructed: equal }, noBetter('instructed')],
    ['worse than instructions', { versusInstructed: worse }, noBetter('instructed')],
    ['no better than the plain base', { versusBase: equal }, noBetter('base')],
    [
      'no better than either',
      { versusBase: worse, versusInstructed: equal },
      noBetter('base', 'instructed'),
    ],
    ['an early finding', { versusInstructed: worse, groupsDecided: 12 }, noBetter('instructed')],
    ['equal, without evidence', { versusInstructed: open, groupsDecided: 30 }, notProven],
    ['equal, and used up', { versusInstructed: open }, usedUp],
    ['equal, but more could come', { versusInstructed: open, canStillDecide: true }, notProven],
    [
      'open groups cannot change it',
      { versusInstructed: open, groupsDecided: 49, canStillDecide: false },
      usedUp,
    ],
    ['only one was compared', { versusInstructed: null, groupsDecided: 30 }, notProven],
    [
      'only one was compared, and is worse',
      { versusInstructed: null, versusBase: worse },
      noBetter('base'),
    ],
    ['nothing compared', { versusBase: null, versusInstructed: null, groupsDecided: 0 }, notProven],
    [
      'no number in reach',
      { versusBase: open, groupsDecided: 30, aboutMoreVotes: null },
      { ...notProven, aboutMoreVotes: null },
    ],
    ['nine groups', { groupsDecided: 9, groupsPlanned: 9, level: 0.5 }, tooFew],
    ['ten groups at the first level', { groupsDecided: 10, groupsPlanned: 10 }, tooFew],
    [
      'ten groups at 5 %',
      { groupsDecided: 10, groupsPlanned: 10, level: 0.05 },
      { verdict: 'better_and_good_enough' },
    ],
    [
      'fifteen groups, second run',
      { groupsPlanned: 15, groupsDecided: 15, level: 0.05 / 6 },
      { verdict: 'better_and_good_enough' },
    ],
    [
      'fifteen groups, tenth run',
      { groupsPlanned: 15, groupsDecided: 15, level: 0.05 / 110 },
      tooFew,
    ],
    ['nine of many decided, however clear', { groupsDecided: 9 }, notProven],
    [
      'no margin: below ½ is needed',
      { versusInstructed: equal, scoreMargin: 0, groupsDecided: 30 },
      notProven,
    ],
    [
      'an upper bound at ½ + the margin of scores',
      { versusBase: { lower: 0.4, upper: 0.55 } },
      noBetter('base'),
    ],
    [
      'just above it, though within the margin of shares',
      { versusBase: { lower: 0.4, upper: 0.551 }, margin: 0.1 },
      usedUp,
    ],
    [
      'closed while groups were open',
      { versusInstructed: open, groupsDecided: 30, isClosed: true },
      { verdict: 'not_proven', aboutMoreVotes: null, closedWith: 20 },
    ],
    ['closed when all were used', { versusInstructed: open, isClosed: true }, usedUp],
    [
      'closed when no open group could change it',
      { versusInstructed: open, groupsDecided: 49, isClosed: true, canStillDecide: false },
      usedUp,
    ],
    ['better than the only base arm it was voted against', named(better, true), oneOpponent],
    ['the same while groups are open', { ...named(better, true), groupsDecided: 12 }, oneOpponent],
    ['no better than that one', named(worse, true), noBetter('base')],
    ['better than a reply that is no model’s', named(better, false), oneOpponent],
    ['no better than that reply', named(worse, false), oneOpponent],
    [
      'a named opponent, and nothing shown yet',
      { ...named(open, false), groupsDecided: 30 },
      notProven,
    ],
    ['a named opponent, and nothing shown by all', named(open, true), usedUp],
    ['no margin: below ½', { versusInstructed: worse, scoreMargin: 0 }, noBetter('instructed')],
  ])('%s', (_, change, expected) => {
    expect(decideVerdict({ ...usual, ...change })).toEqual(expected);
  });

  test.each<[string, Partial<VerdictInput>]>([
    ['bounds the wrong way round', { versusBase: { lower: 0.6, upper: 0.5 } }],
    ['a bound that is none', { versusBase: { lower: Number.NaN, upper: 0.5 } }],
    ['a share above 1', { goodEnough: { share: 95, lower: 0.5, bar: 0.9 } }],
    ['a negative margin', { margin: -0.1 }],
    ['a negative margin of scores', { scoreMargin: -0.1 }],
    ['more decided than planned', { groupsDecided: 51 }],
  ])('refuses %s', (_, change) => {
    expect(() => decideVerdict({ ...usual, ...change })).toThrow(RangeError);
  });

  const unit = fc.double({ min: 0, max: 1, noNaN: true });
  const interval = fc
    .tuple(unit, unit)
    .map(([a, b]) => ({ lower: Math.min(a, b), upper: Math.max(a, b) }));
  const anyInput: fc.Arbitrary<VerdictInput> = fc
    .record({
      versusBase: fc.option(interval),
      versusInstructed: fc.option(interval),
      level: fc.constantFrom(0.05, 0.025, 0.05 / 6, 0.05 / 110),
      groupsDecided: fc.integer({ min: 0, max: 60 }),
      open: fc.integer({ min: 0, max: 60 }),
      margin: fc.double({ min: 0, max: 0.3, noNaN: true }),
      scoreMargin: fc.double({ min: 0, max: 0.3, noNaN: true }),
      goodEnough: fc.record({ share: unit, lower: unit, bar: unit }),
      aboutMoreVotes: fc.option(fc.nat()),
    })
    .map(({ open, ...rest }) => ({ ...rest, groupsPlanned: rest.groupsDecided + open }));

  /** From bad news to good news; the undecided ones are level. */
  const rank = (input: VerdictInput) => {
    const { verdict } = decideVerdict(input);
    const order = { no_better_than_instructions: 0, not_proven: 1, cannot_be_proven: 1 } as const;
    if (verdict === 'better_not_good_enough') return 2;
    return verdict === 'better_and_good_enough' ? 3 : order[verdict];
  };

  test('exactly one of the five, for every input', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        expect(verdicts.filter((name) => name === decideVerdict(input).verdict).length).toBe(1);
      }),
      { numRuns: 2_000, seed: 43 },
    );
  });

  test('better bounds or a better share never make the verdict worse', () => {
    fc.assert(
      fc.property(anyInput, unit, (input, lift) => {
        const up = (value: number) => value + (1 - value) * lift;
        const raise = (one: VerdictInput['versusBase']) =>
          one && { lower: up(one.lower), upper: up(one.upper) };
        const { goodEnough } = input;
        const raised = {
          ...input,
          versusBase: raise(input.versusBase),
          versusInstructed: raise(input.versusInstructed),
          goodEnough: { ...goodEnough, share: up(goodEnough.share), lower: up(goodEnough.lower) },
        };
        expect(rank(raised)).toBeGreaterThanOrEqual(rank(input));
      }),
      { numRuns: 2_000, seed: 44 },
    );
  });

  test('one win more never makes the verdict worse, and every kind is reached', () => {
    for (const groups of [12, 30, 50, 400]) {
      const ranks = Array.from({ length: groups + 1 }, (_, wins) => {
        // Wins spread evenly over the order.
        const scores = Array.from({ length: groups }, (_, at) =>
          Math.floor(((at + 1) * wins) / groups) > Math.floor((at * wins) / groups) ? 1 : 0,
        );
        const versus = bettingInterval(scores, { alpha: 0.025 });
        const goodEnough = { share: wins / groups, lower: versus.lower, bar: 0.8 };
        return rank({
          ...usual,
          versusBase: versus,
          versusInstructed: versus,
          groupsDecided: groups,
          groupsPlanned: groups,
          margin: 0.1,
          goodEnough,
        });
      });
      expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
      expect([...new Set(ranks)]).toEqual(groups === 12 ? [0, 1, 2] : [0, 1, 2, 3]);
    }
  });
});

test('95 of 100 reach a bar of 95 %', () => {
  const goodEnough = { share: 95 / 100, lower: 0.91, bar: 0.95 };
  expect(isGoodEnough({ goodEnough, margin: 0.05 })).toBe(true);
  expect(isGoodEnough({ goodEnough: { ...goodEnough, share: 0.94 }, margin: 0.05 })).toBe(false);
});
