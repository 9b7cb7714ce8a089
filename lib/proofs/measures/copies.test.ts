import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findCopies, indexReplies } from '@/lib/proofs/measures/copies';
import { processorTimer } from '@/tests/processor-time';

const training = indexReplies([
  'Dear customer, your parcel is on its way.',
  'Thank you for your patience. We will write again.',
  '  ',
]);

describe('findCopies', () => {
  test.each<[string, boolean, number]>([
    ['Dear customer, your parcel is on its way.', true, 8],
    ['Dear  customer,\nyour parcel is on its\u00a0way. ', true, 8],
    ['DEAR customer, your parcel is on its way.', true, 8],
    ['Hello. Your money: your parcel is late', false, 3],
    // Runs do not go on from one reply into the next.
    ['on its way. Thank you for', false, 3],
    ['dear customer', false, 1],
    ['', false, 0],
    ['Nothing in common', false, 0],
    ['ｙｏｕｒ patience.', false, 2],
  ])('%s', (answer, isExact, longestRun) => {
    expect(findCopies([answer], training)).toEqual([{ isExact, longestRun }]);
  });

  test('nothing was trained on: nothing is copied', () => {
    expect(findCopies(['a b c'], indexReplies([]))).toEqual([{ isExact: false, longestRun: 0 }]);
    expect(findCopies([], training)).toEqual([]);
  });

  test('runs do not go on from one answer into the next', () => {
    expect(
      findCopies(['Dear customer, your', 'parcel is on', '', 'its way.'], training).map(
        ({ longestRun }) => longestRun,
      ),
    ).toEqual([3, 3, 0, 2]);
  });

  test('agrees with trying every run of every answer', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 })
      .map((words) => words.join(' '));
    const longestIn = (answer: string, replies: readonly string[]) => {
      const words = answer === '' ? [] : answer.split(' ');
      let longest = 0;
      for (let start = 0; start < words.length; start += 1)
        for (let end = start + 1; end <= words.length; end += 1) {
          const run = ` ${words.slice(start, end).join(' ')} `;
          if (replies.some((reply) => ` ${reply} `.includes(run)))
            longest = Math.max(longest, end - start);
        }
      return longest;
    };
    fc.assert(
      fc.property(
        fc.array(text, { maxLength: 4 }),
        fc.array(text, { maxLength: 4 }),
        (answers, replies) => {
          expect(findCopies(answers, indexReplies(replies))).toEqual(
            answers.map((answer) => ({
              isExact: answer !== '' && replies.includes(answer),
              longestRun: longestIn(answer, replies),
            })),
          );
        },
      ),
      { numRuns: 1_000, seed: 45 },
    );
  });

  test('more words than are looked for at once make no difference', () => {
    const answers = ['a b '.repeat(8_000), 'b a x '.repeat(6_000), 'a', 'b b '.repeat(9_000)];
    const index = indexReplies(['a b '.repeat(50), 'b b b']);
    expect(findCopies(answers, index)).toEqual(
      answers.flatMap((answer) => findCopies([answer], index)),
    );
    expect(findCopies(answers, index).map(({ longestRun }) => longestRun)).toEqual([100, 2, 1, 3]);
  });

  test('repetition without end takes linear time', () => {
    const index = indexReplies([`${'a '.repeat(100_000)}b`, 'a b '.repeat(50_000)]);
    const usedTime = processorTimer();
    expect(findCopies(['a '.repeat(20_000)], index)[0]?.longestRun).toBe(20_000);
    expect(findCopies(['a b '.repeat(20_000)], index)[0]?.longestRun).toBe(40_000);
    expect(usedTime()).toBeLessThan(3_000);
  });

  test('all answers of a large proof are looked for in a large release at once', () => {
    const reply = (n: number) =>
      `Dear customer ${n}, ${'your parcel is on its way '.repeat(10)}${n}`;
    const index = indexReplies(Array.from({ length: 5_000 }, (_, n) => reply(n)));
    const answers = Array.from({ length: 2_000 }, (_, n) => reply(n * 2 + 1));
    const usedTime = processorTimer();
    expect(findCopies(answers, index).filter(({ isExact }) => isExact)).toHaveLength(2_000);
    expect(usedTime()).toBeLessThan(6_000);
  });
});
