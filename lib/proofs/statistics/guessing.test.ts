import { describe, expect, test } from 'vitest';
import { binomialAtLeast } from '@/lib/proofs/statistics/exact';
import { judgeGuessing } from '@/lib/proofs/statistics/guessing';
import { seededRandom } from '@/lib/proofs/statistics/seeded-random';

const times = (count: number, isRight: boolean) => Array<boolean>(count).fill(isRight);
const judged = (right: number, wrong: number) =>
  judgeGuessing([...times(wrong, false), ...times(right, true)]);

test.each([
  [0, 0, false],
  [5, 0, false],
  [12, 0, true],
  [9, 1, false],
  [45, 5, true],
  [0, 30, false],
  [15, 15, false],
])('%i right, %i wrong: given away is %s', (right, wrong, gaveItAway) => {
  const result = judged(right, wrong);
  expect(result.guesses).toBe(right + wrong);
  expect(result.share).toBe(right + wrong === 0 ? null : right / (right + wrong));
  expect(result.gaveItAway).toBe(gaveItAway);
  expect(result.lower > 0.5).toBe(gaveItAway);
});

describe('2,000 proofs without a clue, looked at after every guess', () => {
  const GUESSES = 100;
  const ever = (seed: number, says: (guesses: boolean[]) => boolean) => {
    const random = seededRandom(seed);
    let said = 0;
    for (let proof = 0; proof < 2_000; proof += 1) {
      const guesses = Array.from({ length: GUESSES }, () => random() < 0.5);
      if (says(guesses)) said += 1;
    }
    return said / 2_000;
  };

  test('at most 5 % ever say that style gave it away', { timeout: 60_000 }, () => {
    // What was refuted once stays so: the last look tells whether any look did.
    expect(ever(5, (guesses) => judgeGuessing(guesses).gaveItAway)).toBeLessThanOrEqual(0.05);
    const looked = seededRandom(6);
    for (let proof = 0; proof < 20; proof += 1) {
      const guesses = Array.from({ length: 40 }, () => looked() < 0.8);
      const looks = guesses.map((_, at) => judgeGuessing(guesses.slice(0, at + 1)).gaveItAway);
      expect(looks.at(-1)).toBe(looks.includes(true));
    }
  });

  test('a test of fixed size after every guess would in far more', () => {
    const share = ever(5, (guesses) => {
      let right = 0;
      return guesses.some((isRight, at) => {
        right += Number(isRight);
        return binomialAtLeast(right, at + 1, 0.5) <= 0.05;
      });
    });
    expect(share).toBeGreaterThan(0.1);
  });

  test('with a clue it is said', () => {
    const random = seededRandom(7);
    let said = 0;
    for (let proof = 0; proof < 200; proof += 1)
      if (judgeGuessing(Array.from({ length: 60 }, () => random() < 0.85)).gaveItAway) said += 1;
    expect(said / 200).toBeGreaterThan(0.9);
  });
});
