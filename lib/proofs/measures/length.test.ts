import { expect, test } from 'vitest';
import { compareLengths, lengthOf } from '@/lib/proofs/measures/length';
import { processorTimer } from '@/tests/processor-time';

test.each([
  ['', 0, 0],
  ['  two words\n', 2, 9],
  ['👩‍👩‍👧 ok', 1, 4],
  ['您好', 2, 2],
])('%j', (text, words, characters) => {
  expect(lengthOf(text)).toEqual({ words, characters });
});

test('answers beside their human replies', () => {
  const pairs = [
    { answer: 'a b', humanReply: 'a b c d' },
    { answer: 'a', humanReply: 'a b c d' },
    { answer: 'a b c d e f g h i', humanReply: 'a b c d' },
    { answer: 'a b c', humanReply: '' },
  ];
  expect(compareLengths(pairs)).toEqual({
    medianWords: 2.5,
    medianHumanWords: 4,
    medianRatio: 0.5,
    muchShorter: 1,
    muchLonger: 1,
  });
});

test('nothing to compare', () => {
  expect(compareLengths([])).toMatchObject({ medianWords: null, medianRatio: null, muchLonger: 0 });
});

test('a hostile text is counted in linear time', () => {
  const usedTime = processorTimer();
  lengthOf('a\u0301'.repeat(50_000));
  lengthOf(' '.repeat(400_000));
  expect(usedTime()).toBeLessThan(4_000);
});
