import { expect, test } from 'vitest';
import { compareLength, summariseLengths } from '@/lib/proofs/measures/length';
import { processorTimer } from '@/tests/processor-time';

test.each([
  ['', 'a b', { words: 0, fit: 'much_shorter' }],
  ['a', 'a b c', { words: 1, fit: 'much_shorter' }],
  ['  two words\n', 'a b c d', { words: 2, fit: 'fitting' }],
  ['👩‍👩‍👧 ok', '您好', { words: 1, fit: 'fitting' }],
  ['a b c d', 'a b', { words: 4, fit: 'fitting' }],
  ['a b c d e', 'a b', { words: 5, fit: 'much_longer' }],
  ['a b c', '', { words: 3, fit: 'fitting' }],
])('%j beside %j', (answer, ideal, expected) => {
  expect(compareLength(answer, ideal)).toEqual(expected);
});

test('answers beside their ideal replies', () => {
  const lengths = [
    compareLength('a b', 'a b c d'),
    compareLength('a', 'a b c d'),
    compareLength('a b c d e f g h i', 'a b c d'),
    compareLength('a b c', ''),
  ];
  expect(summariseLengths(lengths)).toEqual({ medianWords: 2.5, muchShorter: 1, muchLonger: 1 });
  expect(summariseLengths(lengths.slice(1)).medianWords).toBe(3);
  expect(summariseLengths([])).toEqual({ medianWords: 0, muchShorter: 0, muchLonger: 0 });
});

test('a hostile text is counted in linear time', () => {
  const usedTime = processorTimer();
  compareLength('a\u0301'.repeat(50_000), ' '.repeat(400_000));
  expect(usedTime()).toBeLessThan(4_000);
});
