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
  test.each<[string, boolean, number, string]>([
    [
      'Dear customer, your parcel is on its way.',
      true,
      8,
      'Dear customer, your parcel is on its way.',
    ],
    [
      'Dear  customer,\nyour parcel is on its\u00a0way. ',
      true,
      8,
      'Dear customer, your parcel is on its way.',
    ],
    ['Hello. Your money: your parcel is late', false, 3, 'your parcel is'],
    // Runs do not go on from one reply into the next.
    ['on its way. Thank you for', false, 3, 'on its way.'],
    ['dear Customer', false, 0, ''],
    ['', false, 0, ''],
    ['Nothing in common', false, 0, ''],
    ['ｙｏｕｒ patience.', false, 2, 'your patience.'],
  ])('%s', (answer, isExact, longestRun, run) => {
    expect(findCopies(answer, training)).toMatchObject({ isExact, longestRun, run });
  });

  test('nothing was trained on: nothing is copied', () => {
    expect(findCopies('a b c', indexReplies([]))).toMatchObject({ isExact: false, longestRun: 0 });
  });

  test('agrees with trying every run', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 })
      .map((words) => words.join(' '));
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 4 }), (answer, replies) => {
        const words = answer === '' ? [] : answer.split(' ');
        let longest = 0;
        for (let start = 0; start < words.length; start += 1)
          for (let end = start + 1; end <= words.length; end += 1) {
            const run = ` ${words.slice(start, end).join(' ')} `;
            if (replies.some((reply) => ` ${reply} `.includes(run)))
              longest = Math.max(longest, end - start);
          }
        const found = findCopies(answer, indexReplies(replies));
        expect(found.longestRun).toBe(longest);
        if (longest > 0)
          expect(replies.some((reply) => ` ${reply} `.includes(` ${found.run} `))).toBe(true);
        expect(found.isExact).toBe(answer !== '' && replies.includes(answer));
      }),
      { numRuns: 1_000, seed: 45 },
    );
  });

  test('repetition without end takes linear time', () => {
    const index = indexReplies([`${'a '.repeat(100_000)}b`, 'a b '.repeat(50_000)]);
    const usedTime = processorTimer();
    expect(findCopies('a '.repeat(20_000), index).longestRun).toBe(20_000);
    expect(findCopies('a b '.repeat(20_000), index).longestRun).toBe(40_000);
    expect(usedTime()).toBeLessThan(3_000);
  });
});
