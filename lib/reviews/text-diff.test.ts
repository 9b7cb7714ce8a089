import { expect, test } from 'vitest';
import { diffTexts } from '@/lib/reviews/text-diff';

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
