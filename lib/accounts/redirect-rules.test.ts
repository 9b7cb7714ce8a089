import { expect, test } from 'vitest';
import { processorTimer } from '@/tests/processor-time';
import { safePath } from './redirect-rules';

const origin = 'https://app.example';

test.each([
  ['/', '/'],
  ['/w/shop', '/w/shop'],
  ['/w/shop/people?role=admin&q=a%20b#top', '/w/shop/people?role=admin&q=a%20b#top'],
  ['https://app.example/w/shop?x=1', '/w/shop?x=1'],
  ['/w/../account', '/account'],
  ['/w/%C3%BC', '/w/%C3%BC'],
])('%s is a path of the app', (value, expected) => {
  expect(safePath(value, origin)).toBe(expected);
});

test.each([
  [undefined],
  [null],
  [''],
  ['//evil.example'],
  ['///evil.example'],
  ['////evil.example/%2e%2e'],
  ['/\\evil.example'],
  ['\\\\evil.example'],
  ['/\\/evil.example'],
  ['\\/evil.example'],
  ['/%2f/evil.example'],
  ['/%2Fevil.example'],
  ['/%5cevil.example'],
  ['/.//evil.example'],
  ['/..//evil.example'],
  ['/a/..//evil.example'],
  ['/%0d%0aLocation:%20https://evil.example'],
  ['/ok%0a%0devil'],
  ['/\r\nLocation: https://evil.example'],
  ['/\t/evil.example'],
  ['\t//evil.example'],
  [' //evil.example'],
  ['/ /evil.example'],
  ['/\u0000/evil.example'],
  ['https://evil.example'],
  ['https://evil.example/app.example'],
  ['https:evil.example'],
  ['https:/evil.example'],
  ['http://app.example/'],
  ['https://app.example:444/'],
  ['https://app.example.evil.example/'],
  ['https://app.example@evil.example/'],
  ['https://user:pass@app.example/'],
  ['https://user@app.example/'],
  ['javascript:alert(1)'],
  ['JaVaScRiPt:alert(1)'],
  ['java\tscript:alert(1)'],
  ['javascript://app.example/%0aalert(1)'],
  ['data:text/html,<script>alert(1)</script>'],
  ['vbscript:msgbox(1)'],
  ['blob:https://app.example/1'],
  ['file:///etc/passwd'],
  ['about:blank'],
  ['mailto:a@evil.example'],
  ['evil.example'],
  ['w/shop'],
  ['?next=/'],
  ['#x'],
  ['.'],
  ['https://'],
  ['https://['],
  ['http://[::1'],
  ['https://%'],
  ['ht!tp://x'],
  [`/${'a'.repeat(3_000)}`],
  [`https://app.example/${'%'.repeat(3_000)}`],
])('%s leads to the start page', (value) => {
  expect(safePath(value, origin)).toBe('/');
});

test('malformed input is answered at once', () => {
  const usedTime = processorTimer();
  for (const value of ['/'.repeat(1_999), `https://${'a.'.repeat(900)}`, `/${'%2'.repeat(900)}`]) {
    safePath(value, origin);
  }
  expect(usedTime()).toBeLessThan(200);
});
