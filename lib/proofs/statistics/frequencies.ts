import type { Interval } from '@/lib/proofs/statistics/betting-sequence';
import { clopperPearson } from '@/lib/proofs/statistics/exact';

/** Numbers for sentences in natural frequencies; the words are in the messages. */
export type NaturalFrequency = {
  /** "36 of 50": seen. */
  count: number;
  of: number;
  /** "elsewhere expect at least 25 of 50": rounded towards the cautious side. */
  atLeast: number;
  atMost: number;
};

/** Rounding errors of a share times a count are far below this. */
const ROUNDING = 1e-9;

/**
 * A share as it was seen and as it may turn out elsewhere, both out of the same number. `count` may
 * be halved by ties (36.5 of 50).
 */
export function naturalFrequency(count: number, of: number, bounds: Interval): NaturalFrequency {
  if (!(of > 0 && count >= 0 && count <= of)) throw new RangeError('count is from 0 to of');
  return {
    count,
    of,
    atLeast: Math.floor(bounds.lower * of + ROUNDING),
    atMost: Math.ceil(bounds.upper * of - ROUNDING),
  };
}

/** How low and how high a count may turn out elsewhere, out of 100. */
export type CouldBe = { atLeast: number; atMost: number };

/**
 * "15 of 15 could be as low as 78 of 100": the exact interval of Clopper and Pearson, rounded
 * outwards. The unit is the group: one of several rows counts once, with the share of its rows
 * that do well, as if they were all alike. Their sum is rounded outwards too, so that rows of one
 * group never pass for more evidence than they are and a worse count never has a better bound (as
 * an interval by the spread between groups would have it, which is none where all do well). With
 * groups of one row it is the interval of the counts themselves. Null without rows.
 */
export function couldBeElsewhere(
  rows: readonly { groupNumber: number; isGood: boolean }[],
  alpha = 0.05,
): CouldBe | null {
  const groups = new Map<number, { good: number; of: number }>();
  for (const { groupNumber, isGood } of rows) {
    const { good, of } = groups.get(groupNumber) ?? { good: 0, of: 0 };
    groups.set(groupNumber, { good: good + Number(isGood), of: of + 1 });
  }
  if (groups.size === 0) return null;
  const sum = [...groups.values()].reduce((total, { good, of }) => total + good / of, 0);
  const { lower } = clopperPearson(Math.floor(sum + ROUNDING), groups.size, alpha);
  const { upper } = clopperPearson(Math.ceil(sum - ROUNDING), groups.size, alpha);
  return {
    atLeast: Math.floor(lower * 100 + ROUNDING),
    atMost: Math.ceil(upper * 100 - ROUNDING),
  };
}
