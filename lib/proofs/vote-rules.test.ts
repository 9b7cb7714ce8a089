import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseOpponent } from '@/lib/proofs/opponent-rules';
import { voteChoices } from '@/lib/proofs/proof-schema';
import {
  type CountedVote,
  outcomeOf,
  scoreGroups,
  scoreItems,
  standingVotes,
  type VotedItem,
} from '@/lib/proofs/vote-rules';

const item = (name: string, groupNumber: number, over: Partial<VotedItem> = {}): VotedItem => ({
  exampleId: name,
  position: groupNumber,
  groupNumber,
  isVotable: true,
  isAnswered: true,
  ...over,
});
const vote = (
  ordinal: number,
  exampleId: string,
  over: Partial<CountedVote> = {},
): CountedVote => ({
  ordinal,
  voter: `voter ${ordinal}`,
  exampleId,
  choice: 'a',
  guess: null,
  undoes: null,
  candidateOnA: true,
  ...over,
});

describe('a vote', () => {
  test.each([
    ['a', true, 'win'],
    ['a', false, 'loss'],
    ['b', true, 'loss'],
    ['b', false, 'win'],
    ['tie', true, 'tie'],
    ['tie', false, 'tie'],
    ['both_bad', true, 'both_bad'],
  ] as const)('%s with the tuned answer on A %s is a %s', (choice, candidateOnA, outcome) => {
    expect(outcomeOf(choice, candidateOnA)).toBe(outcome);
  });

  test('that was undone does not stand, the next one does', () => {
    const votes = [
      vote(1, 'x'),
      vote(2, 'x', { choice: null, undoes: 1 }),
      vote(3, 'x', { choice: 'b' }),
    ];
    expect(standingVotes(votes).map((one) => one.ordinal)).toEqual([3]);
    expect(scoreItems([item('x', 1)], votes, 1)).toMatchObject([{ score: 0, completedBy: 3 }]);
  });
});

describe('a score', () => {
  test('is the mean over the planned voters, and waits for all of them', () => {
    const votes = [vote(1, 'x'), vote(2, 'x', { choice: 'tie' }), vote(3, 'x', { choice: 'b' })];
    expect(scoreItems([item('x', 1)], votes.slice(0, 2), 3)).toEqual([]);
    expect(scoreItems([item('x', 1)], votes, 3)).toMatchObject([{ score: 0.5, completedBy: 3 }]);
    // A vote past the plan changes nothing.
    expect(scoreItems([item('x', 1)], [...votes, vote(4, 'x')], 3)).toMatchObject([{ score: 0.5 }]);
  });

  test('two equal answers are a tie that nobody is asked about; a missing one is not counted', () => {
    const items = [
      item('same', 1, { isVotable: false }),
      item('missing', 2, { isVotable: false, isAnswered: false }),
    ];
    const scores = scoreItems(items, [], 1);
    expect(scores).toMatchObject([{ exampleId: 'same', score: 0.5, completedBy: 0 }]);
    expect(scoreGroups(items, scores)).toMatchObject([{ groupNumber: 1, score: 0.5 }]);
  });

  test('of a group is the mean over its rows, once all are complete, in the order of completion', () => {
    const items = [item('x', 1), item('y', 1), item('z', 2)];
    const votes = [vote(1, 'x'), vote(2, 'z', { choice: 'b' }), vote(3, 'y', { choice: 'tie' })];
    const groups = (count: number) =>
      scoreGroups(items, scoreItems(items, votes.slice(0, count), 1)).map((one) => [
        one.groupNumber,
        one.score,
      ]);
    expect(groups(1)).toEqual([]);
    expect(groups(2)).toEqual([[2, 0]]);
    expect(groups(3)).toEqual([
      [2, 0],
      [1, 0.75],
    ]);
  });

  test('a group that nobody is asked about keeps its place among those that are', () => {
    const free = { isVotable: false };
    const items = [
      item('free 1', 1, free),
      item('x', 2),
      item('free 3', 3, free),
      item('free 4', 4, free),
      item('y', 5),
      item('free 6', 6, free),
    ];
    const counted = (votes: CountedVote[]) =>
      scoreGroups(items, scoreItems(items, votes, 1)).map((one) => one.groupNumber);
    expect(counted([])).toEqual([1]);
    // The later one first: the equal ones behind it wait for the earlier one.
    expect(counted([vote(1, 'y')])).toEqual([1, 5]);
    expect(counted([vote(1, 'y'), vote(2, 'x')])).toEqual([1, 5, 2, 3, 4, 6]);
    expect(counted([vote(1, 'x')])).toEqual([1, 2, 3, 4]);
    expect(counted([vote(1, 'x'), vote(2, 'y')])).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('once counted never changes, whatever votes come later', () => {
    const choice = fc.constantFrom(...voteChoices);
    const entry = fc.record({
      example: fc.integer({ min: 0, max: 5 }),
      choice,
      side: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 40 }),
        fc.integer({ min: 1, max: 3 }),
        (all, plan) => {
          // The last group is one that nobody is asked about, and so is one row of the first.
          const items = Array.from({ length: 8 }, (_, n) =>
            item(`e${n}`, Math.floor(n / 2), { isVotable: n < 6 && n !== 1 }),
          );
          const votes = all.map((one, index) =>
            vote(index + 1, `e${one.example}`, { choice: one.choice, candidateOnA: one.side }),
          );
          let before: ReturnType<typeof scoreGroups> = [];
          for (let count = 0; count <= votes.length; count += 1) {
            const now = scoreGroups(items, scoreItems(items, votes.slice(0, count), plan));
            expect(now.slice(0, before.length)).toEqual(before);
            before = now;
          }
        },
      ),
    );
  });
});

describe('the opponent', () => {
  const arm = (passed: number, loss: number | null = 1) => ({ passed, total: 10, loss });
  test.each([
    ['keeps more rules', arm(3), arm(7), null, true, 'base_examples', 'rules'],
    ['the plain one keeps more', arm(8), arm(7), null, true, 'base', 'rules'],
    ['as many rules: the lower loss', arm(5, 0.9), arm(5, 1.2), null, true, 'base', 'loss'],
    ['no rules: the lower loss', arm(10, 2), arm(0, 1), null, false, 'base_examples', 'loss'],
    [
      'nothing known: with examples',
      arm(5, null),
      arm(5, null),
      null,
      true,
      'base_examples',
      'loss',
    ],
    ['the plan names it', arm(9), arm(1), 'nearest', true, 'nearest', 'plan'],
  ] as const)('%s', (_name, base, withExamples, planned, hasRules, opponent, chosenBy) => {
    expect(chooseOpponent({ base, base_examples: withExamples }, planned, hasRules)).toEqual({
      opponent,
      chosenBy,
    });
  });
});
