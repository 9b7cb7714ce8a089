import { binomialAtLeast } from '@/lib/proofs/statistics/exact';

/** Answers to "which one is the new model?". */
export type Guesses = { right: number; wrong: number; dontKnow: number };

export type GuessingResult = {
  /** Guesses that named a side; "don't know" decides nothing and is left out, as ties are. */
  guesses: number;
  /** Right ones among them; null without any. */
  share: number | null;
  /** Exact one-sided binomial test against ½, for experts. */
  pValue: number;
  /** People tell the models apart: "style gave it away". */
  gaveItAway: boolean;
};

/**
 * Whether people guess the new model clearly better than chance. Sides are drawn anew for each
 * person and example, so guesses without a clue are independent tosses even of one person.
 */
export function judgeGuessing({ right, wrong }: Guesses, alpha = 0.05): GuessingResult {
  const guesses = right + wrong;
  const pValue = binomialAtLeast(right, guesses, 0.5);
  return {
    guesses,
    share: guesses === 0 ? null : right / guesses,
    pValue,
    gaveItAway: pValue <= alpha,
  };
}
