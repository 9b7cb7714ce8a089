import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  answerOf,
  curveSeconds,
  curveTrainings,
  nestedParts,
  partsDiffer,
  settingsKey,
  trainingsLeft,
} from '@/lib/curves/curve-rules';
import { curveShares } from '@/lib/curves/curve-schema';
import { runSettingsSchema } from '@/lib/training/run-schema';

const rowsOf = (sizes: readonly number[]) =>
  sizes.flatMap((size, group) =>
    Array.from({ length: size }, (_, n) => ({ id: `${group}/${n}`, group: `g${group}` })),
  );
const sizesOf = (rows: ReturnType<typeof rowsOf>) => {
  const parts = nestedParts(rows, 'release');
  return {
    sizes: curveShares.map((share) => parts.get(share)?.length),
    differ: partsDiffer(parts),
  };
};

describe('nestedParts', () => {
  test.each([
    ['nothing', [], [0, 0, 0], false],
    ['one group', [10], [10, 10, 10], false],
    ['two groups', [5, 5], [5, 5, 10], false],
    ['single examples', Array(100).fill(1), [25, 50, 100], true],
    ['groups of five', Array(20).fill(5), [25, 50, 100], true],
    ['four examples', [1, 1, 1, 1], [1, 2, 4], true],
    ['three groups', [2, 2, 2], [2, 4, 6], true],
  ] as const)('%s', (_, groups, sizes, differ) => {
    const found = sizesOf(rowsOf(groups));
    expect(found.differ).toBe(differ);
    expect(found.sizes).toEqual(sizes);
  });

  test('parts are nested, of whole groups, near their share, and the same in any order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 40 }),
        fc.string(),
        (groups, seed) => {
          const rows = rowsOf(groups);
          const parts = nestedParts(rows, seed);
          expect(nestedParts(rows.toReversed(), seed)).toEqual(parts);
          let smaller = new Set<string>();
          for (const share of curveShares) {
            const part = new Set(parts.get(share));
            expect([...smaller].filter((id) => !part.has(id))).toEqual([]);
            for (const members of Map.groupBy(rows, (row) => row.group).values())
              expect(new Set(members.map(({ id }) => part.has(id))).size).toBe(1);
            expect(Math.abs(part.size - (rows.length * share) / 100)).toBeLessThanOrEqual(
              Math.max(...groups),
            );
            smaller = part;
          }
          expect(smaller.size).toBe(rows.length);
        },
      ),
    );
  });
});

describe('trainings', () => {
  test('nine in all, and those that ended are not left', () => {
    expect(curveTrainings).toHaveLength(9);
    expect(trainingsLeft([])).toEqual(curveTrainings);
    expect(trainingsLeft(curveTrainings.slice(0, 7))).toEqual(curveTrainings.slice(7));
    expect(trainingsLeft(curveTrainings)).toEqual([]);
  });

  test('settings that change what is learned make another curve, seed and answers do not', () => {
    const settings = runSettingsSchema.parse({});
    const key = settingsKey('small', settings);
    expect(settingsKey('small', { ...settings, seed: 7, maxNewTokens: 16 })).toBe(key);
    for (const other of [{ epochs: 3 }, { learningRate: 1e-4 }, { loraRank: 8 }, { batchSize: 8 }])
      expect(settingsKey('small', { ...settings, ...other })).not.toBe(key);
    expect(settingsKey('large', settings)).not.toBe(key);
  });

  test('take what the quote’s estimate says for each share', () => {
    const release = {
      trainingExamples: 100,
      trainingTokens: 10_000,
      heldOutRows: 30,
      epochs: 2,
      tokensPerSecond: 100,
    };
    // 20 fixed, 20,000 tokens at the share, and two looks at 3,000 tokens for a third each.
    expect(curveSeconds([{ share: 100 }], release)).toBe(20 + 200 + 20);
    expect(curveSeconds([{ share: 25 }], release)).toBe(20 + 50 + 20);
    expect(curveSeconds(curveTrainings, release)).toBe(3 * (3 * 40 + 50 + 100 + 200));
    expect(curveSeconds([], release)).toBe(0);
  });
});

describe('answerOf', () => {
  const points = (scores: Record<number, number>) =>
    curveTrainings.map(({ share, seed }) => ({
      share,
      seed,
      score: (scores[share] ?? 0) + seed / 1_000,
    }));
  test.each([
    ['still falling', { 25: -3, 50: -2.5, 100: -2.2 }, 'likely'],
    ['flat', { 25: -3, 50: -2.2, 100: -2.2 }, 'unlikely'],
    ['just at what is worth it', { 25: -3, 50: -2.22, 100: -2.2 }, 'cannot_tell'],
  ] as const)('%s', (_, scores, answer) => {
    expect(answerOf(points(scores))?.answer).toBe(answer);
  });
  test('says nothing until all trainings ended', () => {
    expect(answerOf(points({}).slice(1))).toBeNull();
  });
});
