import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { indexReplies, isCopy, longestRun } from '@/lib/proofs/measures/copies';
import { processorTimer } from '@/tests/processor-time';

const training = indexReplies([
  'Dear customer, your parcel is on its way.',
  'Thank you for your patience. We will write again.',
  '  ',
]);

describe('what is copied', () => {
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
  ])('%s', (answer, isExact, longest) => {
    expect(isCopy(answer, training)).toBe(isExact);
    expect(longestRun([answer], training)).toBe(longest);
  });

  test('nothing was trained on: nothing is copied', () => {
    expect(isCopy('a b c', indexReplies([]))).toBe(false);
    expect(longestRun(['a b c'], indexReplies([]))).toBe(0);
    expect(longestRun([], training)).toBe(0);
  });

  test('runs do not go on from one answer into the next', () => {
    expect(longestRun(['Dear customer, your', 'parcel is on', '', 'its way.'], training)).toBe(3);
    // A word that no training reply holds stands for no other such word.
    expect(longestRun(['zebra zebra', 'zebra'], training)).toBe(0);
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
          const index = indexReplies(replies);
          for (const answer of answers)
            expect(isCopy(answer, index)).toBe(answer !== '' && replies.includes(answer));
          expect(longestRun(answers, index)).toBe(
            Math.max(0, ...answers.map((answer) => longestIn(answer, replies))),
          );
        },
      ),
      { numRuns: 1_000, seed: 45 },
    );
  });

  test('more words than are looked for at once make no difference', () => {
    const answers = ['a b '.repeat(8_000), 'b a x '.repeat(6_000), 'a', 'b b '.repeat(9_000)];
    const index = indexReplies(['a b '.repeat(50), 'b b b']);
    expect(answers.map((answer) => longestRun([answer], index))).toEqual([100, 2, 1, 3]);
    expect(longestRun(answers, index)).toBe(100);
    expect(longestRun(answers.slice(1), index)).toBe(3);
  });

  test('repetition without end takes linear time', () => {
    const index = indexReplies([`${'a '.repeat(100_000)}b`, 'a b '.repeat(50_000)]);
    const usedTime = processorTimer();
    expect(longestRun(['a '.repeat(20_000)], index)).toBe(20_000);
    expect(longestRun(['a b '.repeat(20_000)], index)).toBe(40_000);
    expect(usedTime()).toBeLessThan(3_000);
  });

  test('all answers of a large proof are looked for in a large release at once', () => {
    const reply = (n: number) =>
      `Dear customer ${n}, ${'your parcel is on its way '.repeat(10)}${n}`;
    const index = indexReplies(Array.from({ length: 5_000 }, (_, n) => reply(n)));
    const answers = Array.from({ length: 2_000 }, (_, n) => reply(n * 2 + 1));
    const usedTime = processorTimer();
    expect(answers.filter((answer) => isCopy(answer, index))).toHaveLength(2_000);
    expect(longestRun(answers, index)).toBe(64);
    expect(usedTime()).toBeLessThan(6_000);
  });
});
