import { bettingInterval } from '@/lib/proofs/statistics/betting-sequence';

export type GuessingResult = {
  /** Guesses that named a side. */
  guesses: number;
  /** Right ones among them; null without any. */
  share: number | null;
  /** The share that a look after every guess still leaves as the least, for experts. */
  lower: number;
  /** People tell the models apart: "style gave it away". */
  gaveItAway: boolean;
};

/**
 * Whether people guess the new model clearly better than chance, from their guesses (right or
 * wrong) in the order in which they were made. Sides are drawn anew for each person and example,
 * so guesses without a clue are independent tosses even of one person. The result is shown while
 * people still guess, so it is the betting sequence that decides, which stays true while one looks
 * after each guess: without a clue it is ever said in at most α of all proofs.
 */
export function judgeGuessing(guesses: readonly boolean[], alpha = 0.05): GuessingResult {
  const scores = guesses.map((isRight) => (isRight ? 1 : 0));
  const right = guesses.filter(Boolean).length;
  const lower = scores.length === 0 ? 0 : bettingInterval(scores, { alpha }).lower;
  return {
    guesses: guesses.length,
    share: guesses.length === 0 ? null : right / guesses.length,
    lower,
    gaveItAway: lower > 0.5,
  };
}
