import { expect, test } from 'vitest';
import { diffTexts } from '@/lib/text-diff';
import { processorTimer } from '@/tests/processor-time';

test.each([
  ['', '', ''],
  ['same', 'same', 'same'],
  ['', 'new', '+new'],
  ['old', '', '-old'],
  ['Thank you for your mail.', 'Thanks for your mail.', '-Thank|+Thanks| |-you |for your mail.'],
  ['a\nb', 'a\n\nb', 'a|-\n|+\n\n|b'],
])('%j to %j', (before, after, expected) => {
  const parts = diffTexts(before, after);
  const join = (kinds: string[]) =>
    parts
      .filter((part) => kinds.includes(part.kind))
      .map((part) => part.text)
      .join('');
  expect(join(['same', 'deleted'])).toBe(before);
  expect(join(['same', 'inserted'])).toBe(after);
  if (!before.includes('\n')) {
    const signs = { same: '', inserted: '+', deleted: '-' };
    expect(parts.map((part) => signs[part.kind] + part.text).join('|')).toBe(expected);
  }
});

test('says which words went and came', () => {
  expect(diffTexts('Be kind to all.', 'Be brief to all.')).toEqual([
    { text: 'Be ', kind: 'same' },
    { text: 'kind', kind: 'deleted' },
    { text: 'brief', kind: 'inserted' },
    { text: ' to all.', kind: 'same' },
  ]);
  expect(diffTexts('', 'New')).toEqual([{ text: 'New', kind: 'inserted' }]);
  expect(diffTexts('', '')).toEqual([]);
});

test('puts both texts together again', () => {
  const before = 'Ein alter Text, mit Wörtern — und 你好.\n\nZwei Absätze.';
  const after = 'Ein neuer Text mit Worten — und 你们好.\nZwei Absätze!';
  const pieces = diffTexts(before, after);
  const joined = (without: string) =>
    pieces.flatMap((piece) => (piece.kind === without ? [] : [piece.text])).join('');
  expect(joined('inserted')).toBe(before);
  expect(joined('deleted')).toBe(after);
});

test('gives up on texts that would take too long and shows both', () => {
  const noise = (seed: number) =>
    Array.from({ length: 20_000 }, (_, index) => (index * seed) % 9973).join(' ');
  const usedTime = processorTimer();
  expect(diffTexts(noise(7), noise(11)).length).toBeGreaterThan(0);
  expect(usedTime()).toBeLessThan(3_000);
});
