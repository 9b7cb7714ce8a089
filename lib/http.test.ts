import { expect, test } from 'vitest';
import { downloadHeaders } from './http';

const nameOf = (fileName: string) => {
  const value = downloadHeaders(fileName, 'text/csv')['Content-Disposition'] ?? '';
  const [, encoded = ''] = /filename\*=UTF-8''(.*)$/.exec(value) ?? [];
  return decodeURIComponent(encoded);
};

test.each([
  ['mails.csv', 'mails.csv'],
  ['../../etc/passwd', '.._.._etc_passwd'],
  ['a\u0000b\r\nX-Evil: 1.csv', 'a_b__X-Evil_ 1.csv'],
  ['"; filename="evil.exe', '_; filename=_evil.exe'],
  ['\u202egpj.exe', '_gpj.exe'],
  ['Übersicht 文件 🙂.csv', 'Übersicht 文件 🙂.csv'],
  ['x'.repeat(300), 'x'.repeat(150)],
  // Cut in the middle of a character that takes two places.
  [`x${'🙂'.repeat(100)}`, `x${'🙂'.repeat(74)}\ufffd`],
])('a download called %j is offered as %j', (fileName, expected) => {
  expect(nameOf(fileName)).toBe(expected);
});

test('a download is kept, not shown', () => {
  expect(downloadHeaders('a.csv', 'text/csv')).toMatchObject({
    'Content-Disposition': expect.stringMatching(/^attachment; filename="a\.csv"/),
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'X-Content-Type-Options': 'nosniff',
  });
});
