import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bettingInterval, bettingPath } from '@/lib/proofs/statistics/betting-sequence';
import { seededRandom } from '@/lib/proofs/statistics/seeded-random';
import { processorTimer } from '@/tests/processor-time';

const sequences = {
  ones: Array<number>(10).fill(1),
  mixed: [1, 1, 0, 1, 0.5, 1, 0, 1, 1, 0.5, 1, 1, 1, 0, 1, 1, 1, 0.5, 1, 1],
  losses: [0, 0, 0.5, 0, 0, 1, 0, 0, 0, 0, 0, 0.5, 0, 0, 0],
  halves: Array<number>(30).fill(0.5),
  thirds: Array.from({ length: 40 }, (_, at) => ((at * 7) % 4) / 3),
};

/**
 * Values of the authors' own implementation: Python package confseq 0.0.11, `betting_cs` with its
 * defaults, `running_intersection=True` and `convex_comb=False`, over 20,000 candidate means; it
 * gives bounds up to two steps (0.0001) further out.
 */
const published: [keyof typeof sequences, number, number, number, number][] = [
  ['ones', 0.05, 5, 0.3142, 1],
  ['ones', 0.05, 10, 0.52845, 1],
  ['ones', 0.025, 10, 0.4762, 1],
  ['mixed', 0.05, 5, 0.1518, 1],
  ['mixed', 0.05, 10, 0.3014, 0.9876],
  ['mixed', 0.05, 20, 0.4947, 0.95475],
  ['mixed', 0.025, 20, 0.46515, 0.96885],
  ['losses', 0.05, 5, 0, 0.72375],
  ['losses', 0.05, 10, 0, 0.58615],
  ['losses', 0.05, 15, 0, 0.47215],
  ['losses', 0.025, 15, 0, 0.5115],
  ['halves', 0.05, 5, 0.1571, 0.8429],
  ['halves', 0.05, 30, 0.39625, 0.60375],
  ['halves', 0.025, 30, 0.38035, 0.61965],
  ['thirds', 0.05, 5, 0, 0.89555],
  ['thirds', 0.05, 40, 0.3279, 0.6641],
  ['thirds', 0.025, 40, 0.3141, 0.67855],
];

describe('bettingPath', () => {
  test.each(published)('agrees with the authors: %s at %f after %i', (name, alpha, n, low, up) => {
    const { lower, upper } = bettingPath(sequences[name], { alpha })[n - 1] ?? {
      lower: Number.NaN,
      upper: Number.NaN,
    };
    expect(lower - low).toBeGreaterThanOrEqual(-1e-9);
    expect(lower - low).toBeLessThan(0.00011);
    expect(up - upper).toBeGreaterThanOrEqual(-1e-9);
    expect(up - upper).toBeLessThan(0.00011);
  });

  test('by hand: ten wins refute ½ at 5 %, nine do not, and ten do not at 2.5 %', () => {
    // Against ½ the bet is cut to c/½ = 1, so that each win multiplies the capital by 1.5:
    // 1.5^9 = 38.4 < 40 = 2/0.05 ≤ 57.7 = 1.5^10 < 80 = 2/0.025.
    const wins = (count: number) => Array<number>(count).fill(1);
    expect(bettingInterval(wins(9), { alpha: 0.05 }).lower).toBeLessThan(0.5);
    expect(bettingInterval(wins(10), { alpha: 0.05 }).lower).toBeGreaterThan(0.5);
    expect(bettingInterval(wins(10), { alpha: 0.025 }).lower).toBeLessThan(0.5);
    expect(bettingInterval(wins(11), { alpha: 0.025 }).lower).toBeGreaterThan(0.5);
    // Ten wins in closed form: (1 + (1 − m)/2m)^10 = 40 where the bet is cut to 1/2m.
    const root = 40 ** (1 / 10);
    expect(bettingInterval(wins(10), { alpha: 0.05 }).lower).toBeCloseTo(1 / (2 * root - 1), 10);
  });

  test('nothing seen, nothing known', () => {
    expect(bettingInterval([], { alpha: 0.05 })).toEqual({ lower: 0, upper: 1 });
    expect(bettingPath([], { alpha: 0.05 })).toEqual([]);
  });

  test.each([
    [[1.1], { alpha: 0.05 }],
    [[-0.1], { alpha: 0.05 }],
    [[Number.NaN], { alpha: 0.05 }],
    [[1], { alpha: 0 }],
    [[1], { alpha: 1 }],
    [[1], { alpha: Number.NaN }],
    [[1], { alpha: 0.05, grid: 0 }],
    [[1], { alpha: 0.05, grid: 1.5 }],
  ])('refuses %j with %j', (scores, options) => {
    expect(() => bettingPath(scores, options)).toThrow(RangeError);
  });

  const anyScores = fc.array(
    fc.oneof(fc.constantFrom(0, 0.5, 1), fc.double({ min: 0, max: 1, noNaN: true })),
    { maxLength: 60 },
  );

  test('is nested, keeps its order, mirrors, and holds ½ when there is no evidence', () => {
    fc.assert(
      fc.property(anyScores, fc.constantFrom(0.05, 0.025, 0.2), (scores, alpha) => {
        const path = bettingPath(scores, { alpha });
        const mirrored = bettingPath(
          scores.map((score) => 1 - score),
          { alpha },
        );
        expect(path.length).toBe(scores.length);
        for (const [at, { lower, upper }] of path.entries()) {
          const before = path[at - 1] ?? { lower: 0, upper: 1 };
          expect(lower).toBeGreaterThanOrEqual(before.lower);
          expect(upper).toBeLessThanOrEqual(before.upper);
          expect(lower).toBeLessThanOrEqual(upper);
          expect(mirrored[at]?.lower).toBeCloseTo(1 - upper, 9);
        }
        const last = path.at(-1) ?? { lower: 0, upper: 1 };
        const direct = bettingInterval(scores, { alpha });
        expect(direct.lower).toBeCloseTo(last.lower, 9);
        expect(direct.upper).toBeCloseTo(last.upper, 9);
      }),
      { numRuns: 150, seed: 41 },
    );
  });

  test('a grid rounds outwards, by less than one step', () => {
    fc.assert(
      fc.property(anyScores, fc.constantFrom(10, 100, 1_000), (scores, grid) => {
        const exact = bettingInterval(scores, { alpha: 0.05 });
        const rounded = bettingInterval(scores, { alpha: 0.05, grid });
        expect(rounded.lower).toBeLessThanOrEqual(exact.lower);
        expect(rounded.upper).toBeGreaterThanOrEqual(exact.upper);
        expect(exact.lower - rounded.lower).toBeLessThan(1 / grid + 1e-9);
        expect(rounded.upper - exact.upper).toBeLessThan(1 / grid + 1e-9);
      }),
      { numRuns: 100, seed: 42 },
    );
  });

  test('observations of two means empty the intersection: the last interval is kept', () => {
    const drifting = [...Array<number>(200).fill(1), ...Array<number>(400).fill(0)];
    const path = bettingPath(drifting, { alpha: 0.05 });
    const last = path.at(-1);
    expect(path.length).toBe(drifting.length);
    expect(last && last.lower <= last.upper).toBe(true);
    expect(path.filter((one) => one.lower > one.upper)).toEqual([]);
  });

  test('a thousand groups take well under a second', () => {
    const random = seededRandom(5);
    const scores = Array.from({ length: 1_000 }, () => (random() < 0.6 ? 1 : 0));
    const usedTime = processorTimer();
    const path = bettingPath(scores, { alpha: 0.05 });
    expect(usedTime()).toBeLessThan(3_000);
    expect(path.at(-1)?.lower).toBeGreaterThan(0.5);
  });
});

describe('coverage over all looks, and width', () => {
  const random = seededRandom(20_100_968);
  const bernoulli = (mean: number) => () => (random() < mean ? 1 : 0);
  /** Beta(2, 1): the larger of two uniform numbers. Mean ⅔. */
  const largerOfTwo = () => Math.max(random(), random());
  const withTies = () => {
    const draw = random();
    return draw < 0.4 ? 0.5 : draw < 0.7 ? 1 : 0;
  };
  const populations: [string, number, () => number][] = [
    ['Bernoulli 0.5', 0.5, bernoulli(0.5)],
    ['Bernoulli 0.1', 0.1, bernoulli(0.1)],
    ['Bernoulli 0.95', 0.95, bernoulli(0.95)],
    ['Beta(2, 1)', 2 / 3, largerOfTwo],
    ['wins, losses and 40 % ties', 0.5, withTies],
  ];

  test.each(populations)('%s: misses at most 5 % of the time, ever', (_, mean, draw) => {
    const rounds = 400;
    let missed = 0;
    for (let round = 0; round < rounds; round += 1) {
      const scores = Array.from({ length: 150 }, draw);
      const { lower, upper } = bettingInterval(scores, { alpha: 0.05 });
      if (lower > mean || upper < mean) missed += 1;
    }
    expect(missed / rounds).toBeLessThanOrEqual(0.05);
  });

  const width = (scores: readonly number[]) => {
    const { lower, upper } = bettingInterval(scores, { alpha: 0.05 });
    return upper - lower;
  };
  const spaced = (length: number, score: (at: number) => number) =>
    Array.from({ length }, (_, at) => score(at));

  test('adapts to the variance: steadier scores of the same mean give a narrower interval', () => {
    const extremes = spaced(200, (at) => at % 2);
    const quarters = spaced(200, (at) => (at % 2 === 0 ? 0.25 : 0.75));
    const steady = spaced(200, () => 0.5);
    expect(width(quarters)).toBeLessThan(0.75 * width(extremes));
    expect(width(steady)).toBeLessThan(0.5 * width(extremes));
  });

  test('is narrower than Hoeffding at low variance and shrinks about as 1/√n', () => {
    const hoeffding = (n: number) => 2 * Math.sqrt(Math.log(2 / 0.05) / (2 * n));
    const rare = (n: number) => spaced(n, (at) => (at % 20 === 10 ? 1 : 0));
    expect(width(rare(400))).toBeLessThan(hoeffding(400));
    const even = (n: number) => spaced(n, (at) => at % 2);
    const ratio = width(even(200)) / width(even(800));
    expect(ratio).toBeGreaterThan(1.6);
    expect(ratio).toBeLessThan(2.4);
  });
});
