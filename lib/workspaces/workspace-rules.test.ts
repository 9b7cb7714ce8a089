import { expect, test } from 'vitest';
import { freeSlug, toSlug } from './workspace-rules';

test.each([
  ['Northwind Support', 'northwind-support'],
  ['  Café Müller & Söhne  ', 'cafe-muller-sohne'],
  ['Großhandel Weiß', 'grosshandel-weiss'],
  ['東京支店', 'workspace'],
  ['!!!', 'workspace'],
  ['../../etc', 'etc'],
  ['a'.repeat(80), 'a'.repeat(40)],
  [`${'a'.repeat(39)} b`, 'a'.repeat(39)],
])('%s → %s', (name, expected) => {
  expect(toSlug(name)).toBe(expected);
});

test('a taken slug gets the next number', () => {
  expect(freeSlug('shop', new Set())).toBe('shop');
  expect(freeSlug('shop', new Set(['shop', 'shop-2', 'shop-4']))).toBe('shop-3');
});
