import { type CountedVote, standingVotes } from '@/lib/proofs/vote-rules';

/**
 * Whether those who were asked took the tuned answer for the new model, in the order of their
 * votes. "Cannot tell" is no guess. Pure.
 */
export const guessesInOrder = (votes: readonly CountedVote[]): boolean[] =>
  standingVotes(votes)
    .filter((vote) => vote.guess === 'a' || vote.guess === 'b')
    .map((vote) => (vote.guess === 'a') === vote.tunedOnA);
