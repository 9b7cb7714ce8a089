import { describe, expect, test } from 'vitest';
import { bettingInterval } from '@/lib/proofs/statistics/betting-sequence';
import { betaQuantile } from '@/lib/proofs/statistics/exact';
import { seededRandom } from '@/lib/proofs/statistics/seeded-random';

/** Votes on one prompt resemble each other: correlation of two votes on it. */
const ICC = 0.3;
const PROOFS = 2_000;
const PROMPTS = 100;
const VOTERS = 3;

/**
 * Leanings of prompts, symmetric around ½: Beta(a, a) with 1/(2a + 1) = ICC, which gives two votes
 * on one prompt exactly that correlation. Drawn from a table of its quantiles.
 */
const a = (1 / ICC - 1) / 2;
const leanings = Array.from({ length: 2_000 }, (_, at) => betaQuantile((at + 0.5) / 2_000, a, a));

function simulatedPrompts(random: () => number, prompts: number): number[][] {
  return Array.from({ length: prompts }, () => {
    const leaning = leanings[Math.floor(random() * leanings.length)] as number;
    return Array.from({ length: VOTERS }, () => (random() < leaning ? 1 : 0));
  });
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Whether the sequence, looked at after every prompt, ever leaves ½. */
function everDecides(scores: readonly number[], alpha: number): boolean {
  const { lower, upper } = bettingInterval(scores, { alpha });
  return lower > 0.5 || upper < 0.5;
}

/** Whether a 95 % Wilson interval, looked at after every vote from the tenth on, ever leaves ½. */
function wilsonEverDecides(votes: readonly number[]): boolean {
  const z = 1.959964;
  let wins = 0;
  for (const [at, vote] of votes.entries()) {
    wins += vote;
    const n = at + 1;
    const share = wins / n;
    const centre = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
    const reach =
      (z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
    if (n >= 10 && (centre - reach > 0.5 || centre + reach < 0.5)) return true;
  }
  return false;
}

describe('2,000 proofs without a difference', () => {
  test('the votes are as alike as they should be', () => {
    const random = seededRandom(1);
    const pairs = simulatedPrompts(random, 40_000).map(([one = 0, other = 0]) => [one, other]);
    const covariance = mean(pairs.map(([one = 0, other = 0]) => (one - 0.5) * (other - 0.5)));
    expect(covariance / 0.25).toBeGreaterThan(ICC - 0.02);
    expect(covariance / 0.25).toBeLessThan(ICC + 0.02);
  });

  test('looked at after every prompt, at most 5 % ever decide', { timeout: 60_000 }, () => {
    const random = seededRandom(2);
    let decided = 0;
    for (let proof = 0; proof < PROOFS; proof += 1)
      if (everDecides(simulatedPrompts(random, PROMPTS).map(mean), 0.05)) decided += 1;
    expect(decided / PROOFS).toBeLessThanOrEqual(0.05);
  });

  test('with ties, too', { timeout: 60_000 }, () => {
    const random = seededRandom(3);
    let decided = 0;
    for (let proof = 0; proof < PROOFS; proof += 1) {
      const scores = simulatedPrompts(random, PROMPTS).map((votes) =>
        mean(votes.map((vote) => (random() < 0.3 ? 0.5 : vote))),
      );
      if (everDecides(scores, 0.05)) decided += 1;
    }
    expect(decided / PROOFS).toBeLessThanOrEqual(0.05);
  });

  test('a Wilson interval looked at after every vote decides wrongly in about a third', () => {
    const random = seededRandom(4);
    let decided = 0;
    for (let proof = 0; proof < PROOFS; proof += 1) {
      const votes = Array.from({ length: 200 }, () => (random() < 0.5 ? 1 : 0));
      if (wilsonEverDecides(votes)) decided += 1;
    }
    expect(decided / PROOFS).toBeGreaterThan(0.2);
    expect(decided / PROOFS).toBeLessThan(0.5);
  });
});

test('a real difference is found: 70 % wins prove it in most of 500 proofs', () => {
  const random = seededRandom(6);
  let proven = 0;
  for (let proof = 0; proof < 500; proof += 1) {
    const scores = Array.from({ length: PROMPTS }, () => (random() < 0.7 ? 1 : 0));
    if (bettingInterval(scores, { alpha: 0.025 }).lower > 0.5) proven += 1;
  }
  expect(proven / 500).toBeGreaterThan(0.75);
});
