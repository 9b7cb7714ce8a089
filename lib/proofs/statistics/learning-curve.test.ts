import { describe, expect, test } from 'vitest';
import { learningCurve } from '@/lib/proofs/statistics/learning-curve';

const curve = (scores: Record<string, number[]>) =>
  Object.entries(scores).flatMap(([share, values]) =>
    values.map((score, seed) => ({ share: Number(share), seed, score })),
  );

describe('learningCurve', () => {
  test.each([
    [
      'climbs steadily',
      { '0.25': [0.4, 0.41, 0.42], '0.5': [0.52, 0.5, 0.51], '1': [0.62, 0.6, 0.61] },
      'likely',
    ],
    [
      'has levelled off',
      { '0.25': [0.6, 0.61, 0.6], '0.5': [0.8, 0.801, 0.8], '1': [0.8, 0.802, 0.801] },
      'unlikely',
    ],
    [
      'falls',
      { '0.25': [0.8, 0.8, 0.81], '0.5': [0.8, 0.79, 0.8], '1': [0.7, 0.7, 0.71] },
      'unlikely',
    ],
    [
      'climbs, but seeds scatter more',
      { '0.25': [0.3, 0.5, 0.4], '0.5': [0.6, 0.4, 0.5], '1': [0.45, 0.65, 0.55] },
      'cannot_tell',
    ],
    ['is at the top', { '0.25': [1, 1, 1], '0.5': [1, 1, 1], '1': [1, 1, 1] }, 'unlikely'],
    ['has one seed', { '0.25': [0.4], '0.5': [0.5], '1': [0.6] }, 'cannot_tell'],
    ['has one part', { '1': [0.4, 0.5, 0.6] }, 'cannot_tell'],
    ['has nothing', {}, 'cannot_tell'],
  ])('%s', (_, scores, answer) => {
    expect(learningCurve(curve(scores)).answer).toBe(answer);
  });

  test('by hand: the band of the last gain', () => {
    const { lastGain, points } = learningCurve(
      curve({ '0.25': [0.1, 0.2, 0.3], '0.5': [0.3, 0.4, 0.5], '1': [0.6, 0.7, 0.8] }),
    );
    // Pooled variance 0.01 with 6 degrees of freedom; t(0.9, 6) = 1.4398; √(0.01 · 2/3).
    const reach = 1.439756 * Math.sqrt(0.02 / 3);
    expect(lastGain?.mean).toBeCloseTo(0.3, 12);
    expect(lastGain?.lower).toBeCloseTo(0.3 - reach, 5);
    expect(lastGain?.upper).toBeCloseTo(0.3 + reach, 5);
    expect(points.map((point) => point.share)).toEqual([0.25, 0.5, 1]);
    expect(points[0]?.lower).toBeCloseTo(0.2 - 1.439756 * Math.sqrt(0.01 / 3), 5);
  });

  test('what counts as worthwhile is set by the caller', () => {
    const runs = curve({ '0.25': [4, 4.1], '0.5': [5, 5.1], '1': [6, 6.1] });
    expect(learningCurve(runs).answer).toBe('likely');
    expect(learningCurve(runs, { worthwhile: 5 }).answer).toBe('unlikely');
  });

  test.each([
    { share: 1, seed: 1, score: Number.NaN },
    { share: 0, seed: 1, score: 1 },
    { share: 25, seed: 1, score: 1 },
  ])('refuses %j', (run) => {
    expect(() => learningCurve([run])).toThrow(RangeError);
  });
});
