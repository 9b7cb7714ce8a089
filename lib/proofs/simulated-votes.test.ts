// Simulated proofs as the app counts them: votes on rows, rows in groups, equal answers among them,
// a vote taken back now and then. What the sequence of scores says wrongly stays within its level.
import { describe, expect, test } from 'vitest';
import { bettingInterval } from '@/lib/proofs/statistics/betting-sequence';
import { randomOrder, seededRandom } from '@/lib/proofs/statistics/seeded-random';
import { type CountedVote, scoreGroups, scoreItems, type VotedItem } from '@/lib/proofs/vote-rules';

const PROOFS = 2_000;
const GROUPS = 60;
const ALPHA = 0.05;
const MARGIN = 0.1;
/** Of the groups, those with equal answers. */
const EQUAL = 0.5;

type Asked = { wins: number; voters: number };

/** The rows of a proof: one or two in a group, in the committed order. */
function rowsOf(random: () => number): VotedItem[] {
  return Array.from({ length: GROUPS }, (_, groupNumber) => {
    const isVotable = random() >= EQUAL;
    const rows = random() < 0.3 ? 2 : 1;
    return Array.from({ length: rows }, (_, row) => ({
      exampleId: `${groupNumber}.${row}`,
      position: groupNumber,
      groupNumber,
      isVotable,
      isAnswered: true,
    }));
  }).flat();
}

/** Votes of people who go through the rows, each in turn; some rows are left to the next person. */
function votesOn(rows: VotedItem[], { wins, voters }: Asked, random: () => number): CountedVote[] {
  const votes: CountedVote[] = [];
  const cast = (exampleId: string, voter: number, choice: CountedVote['choice'], undoes = 0) =>
    votes.push({
      ordinal: votes.length + 1,
      voter: `${voter}`,
      exampleId,
      choice,
      guess: null,
      undoes: undoes === 0 ? null : undoes,
      candidateOnA: true,
    });
  const votable = rows.filter((row) => row.isVotable);
  for (let voter = 0; voter < voters; voter += 1) {
    const later = randomOrder(votable.length, random).slice(0, Math.floor(votable.length / 4));
    const order = [
      ...votable.filter((_, at) => !later.includes(at)),
      ...votable.filter((_, at) => later.includes(at)),
    ];
    for (const row of order) {
      const choice = () => (random() < wins ? 'a' : 'b');
      cast(row.exampleId, voter, choice());
      if (random() >= 0.05) continue;
      cast(row.exampleId, voter, null, votes.length);
      cast(row.exampleId, voter, choice());
    }
  }
  return votes;
}

/**
 * How many of the proofs end outside of `holds`. Looking more often finds no more: the interval is
 * the meet of those of every look, and the sequence only grows at its end.
 */
function wrong(asked: Asked, seed: number, holds: (low: number, high: number) => boolean): number {
  const random = seededRandom(seed);
  let count = 0;
  for (let proof = 0; proof < PROOFS; proof += 1) {
    const rows = rowsOf(random);
    const groups = scoreGroups(rows, scoreItems(rows, votesOn(rows, asked, random), asked.voters));
    expect(groups).toHaveLength(GROUPS);
    const { lower, upper } = bettingInterval(
      groups.map((group) => group.score),
      { alpha: ALPHA },
    );
    if (!holds(lower, upper)) count += 1;
  }
  return count;
}

describe('2,000 proofs, half of whose answers are equal', { timeout: 60_000 }, () => {
  test.each([1, 2])('without a difference, %i voters: at most 5 % decide', (voters) => {
    const decided = wrong({ wins: 0.5, voters }, voters, (low, high) => low <= 0.5 && high >= 0.5);
    expect(decided / PROOFS).toBeLessThanOrEqual(ALPHA);
  });

  test('with a difference that matters: at most 5 % say that there is none', () => {
    // Equal answers are worth ½: the others have to be won this often for a mean of ½ + margin.
    const wins = 0.5 + MARGIN / (1 - EQUAL);
    const denied = wrong({ wins, voters: 1 }, 3, (_, high) => high > 0.5 + MARGIN);
    expect(denied / PROOFS).toBeLessThanOrEqual(ALPHA);
  });
});
