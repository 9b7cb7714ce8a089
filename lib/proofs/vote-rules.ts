import type { VoteChoice } from '@/lib/proofs/proof-schema';

/** One row of the vote as it is counted: the sides are known here. */
export type CountedVote = {
  ordinal: number;
  voter: string;
  exampleId: string;
  choice: VoteChoice | null;
  guess: VoteChoice | null;
  undoes: number | null;
  candidateOnA: boolean;
};

export type VotedItem = {
  exampleId: string;
  position: number;
  groupNumber: number;
  /** False where both answers are the same or one is missing: nobody is asked. */
  isVotable: boolean;
  /** Both arms have an answer; otherwise the row is not counted at all. */
  isAnswered: boolean;
};

export type Outcome = 'win' | 'tie' | 'both_bad' | 'loss';

/** Votes that were not undone, in their order. */
export function standingVotes<V extends Pick<CountedVote, 'ordinal' | 'choice' | 'undoes'>>(
  votes: readonly V[],
): V[] {
  const undone = new Set(votes.flatMap((vote) => (vote.undoes === null ? [] : [vote.undoes])));
  return votes
    .filter((vote) => vote.choice !== null && !undone.has(vote.ordinal))
    .sort((a, b) => a.ordinal - b.ordinal);
}

/** What a vote says about the candidate's answer. */
export function outcomeOf(choice: VoteChoice, candidateOnA: boolean): Outcome {
  if (choice === 'tie' || choice === 'both_bad') return choice;
  return (choice === 'a') === candidateOnA ? 'win' : 'loss';
}

/** Worth of a vote: a win 1, a loss 0, everything else ½. */
export const worthOf = (outcome: Outcome): number =>
  outcome === 'win' ? 1 : outcome === 'loss' ? 0 : 0.5;

export type ItemScore = {
  exampleId: string;
  groupNumber: number;
  outcomes: Outcome[];
  score: number;
  /** Ordinal of the vote that completed it; 0 where nobody had to be asked. */
  completedBy: number;
};

/**
 * The score of every row whose planned votes are complete. Only the first `votesPerPrompt`
 * standing votes count, so that a score never changes once it is counted. Two equal answers are
 * a tie by themselves.
 */
export function scoreItems(
  items: readonly VotedItem[],
  votes: readonly CountedVote[],
  votesPerPrompt: number,
): ItemScore[] {
  const byExample = new Map<string, CountedVote[]>();
  for (const vote of standingVotes(votes))
    byExample.set(vote.exampleId, [...(byExample.get(vote.exampleId) ?? []), vote]);
  return items.flatMap((item) => {
    if (!item.isAnswered) return [];
    const { exampleId, groupNumber } = item;
    if (!item.isVotable)
      return [{ exampleId, groupNumber, outcomes: ['tie' as const], score: 0.5, completedBy: 0 }];
    const counted = (byExample.get(exampleId) ?? []).slice(0, votesPerPrompt);
    if (counted.length < votesPerPrompt) return [];
    const outcomes = counted.flatMap((vote) =>
      vote.choice === null ? [] : [outcomeOf(vote.choice, vote.candidateOnA)],
    );
    const score = outcomes.reduce((sum, one) => sum + worthOf(one), 0) / outcomes.length;
    return [{ exampleId, groupNumber, outcomes, score, completedBy: counted.at(-1)?.ordinal ?? 0 }];
  });
}

export type GroupScore = {
  groupNumber: number;
  score: number;
  exampleIds: string[];
  completedBy: number;
};

/**
 * The score of every group whose rows are all complete, in the order in which they became so:
 * the sequence only ever grows at its end, whenever one looks. The order of the groups is random
 * and committed to; nobody can skip, so what is complete says nothing about who wins.
 *
 * A group of which nobody is asked keeps its committed place: it is counted once every group
 * before it that people vote on is complete. Counted at once, the ties among equal answers would
 * all stand first, and an order by outcome is none that a confidence sequence allows.
 */
export function scoreGroups(
  items: readonly VotedItem[],
  scores: readonly ItemScore[],
): GroupScore[] {
  const scored = new Map(scores.map((score) => [score.exampleId, score]));
  let reached = 0;
  let isWaiting = false;
  return answeredGroups(items)
    .flatMap(([groupNumber, members]): GroupScore[] => {
      const found = members.flatMap((member) => scored.get(member.exampleId) ?? []);
      const isVotable = members.some((member) => member.isVotable);
      if (found.length < members.length) {
        isWaiting ||= isVotable;
        return [];
      }
      if (!isVotable && isWaiting) return [];
      const lastVote = Math.max(...found.map((one) => one.completedBy));
      reached = Math.max(reached, lastVote);
      return [
        {
          groupNumber,
          score: found.reduce((sum, one) => sum + one.score, 0) / found.length,
          exampleIds: found.map((one) => one.exampleId),
          completedBy: isVotable ? lastVote : reached,
        },
      ];
    })
    .sort((a, b) => a.completedBy - b.completedBy || a.groupNumber - b.groupNumber);
}

/** The rows of each group that both arms answered, in the committed order of the groups. */
function answeredGroups(items: readonly VotedItem[]): [number, VotedItem[]][] {
  const groups = new Map<number, VotedItem[]>();
  for (const item of items)
    if (item.isAnswered)
      groups.set(item.groupNumber, [...(groups.get(item.groupNumber) ?? []), item]);
  return [...groups].sort(([a], [b]) => a - b);
}

/**
 * Whether those who were asked took the tuned answer for the new model, in the order of their
 * votes. "Cannot tell" is no guess. Pure.
 */
export const guessesInOrder = (votes: readonly CountedVote[]): boolean[] =>
  standingVotes(votes)
    .filter((vote) => vote.guess === 'a' || vote.guess === 'b')
    .map((vote) => (vote.guess === 'a') === vote.candidateOnA);
