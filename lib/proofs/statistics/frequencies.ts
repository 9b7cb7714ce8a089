import type { Interval } from '@/lib/proofs/statistics/betting-sequence';
import { clopperPearsonUpper } from '@/lib/proofs/statistics/exact';

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

/**
 * "0 bad of 50: up to 1 in 17 is possible". The one-sided exact upper bound as 1 in N, N rounded
 * down, so that the sentence never promises more than the bound; null where N would be 1, which
 * says nothing.
 */
export function badOf(bad: number, of: number, alpha = 0.05): BadFrequency {
  const upper = clopperPearsonUpper(bad, of, alpha);
  const oneIn = Math.floor(1 / upper + ROUNDING);
  return { bad, of, upToOneIn: oneIn > 1 ? oneIn : null };
}

export type BadFrequency = { bad: number; of: number; upToOneIn: number | null };
