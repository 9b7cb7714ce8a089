import { expect, test } from 'vitest';
import { initials } from './avatar';
import { nearest, scale, spread, ticks } from './line-chart-scale';
import { safeLink } from './markdown';

test.each([
  [0, 1, 4, [0, 0.25, 0.5, 0.75, 1]],
  [1.62, 2.87, 4, [1.5, 2, 2.5, 3]],
  [0, 212, 5, [0, 50, 100, 150, 200, 250]],
  [2, 2, 4, [2, 2.5]],
])('ticks from %d to %d', (low, high, count, expected) => {
  expect(ticks(low, high, count)).toEqual(expected);
});

test('a value in the middle of one range lies in the middle of the other', () => {
  expect(scale(5, [0, 10], [100, 0])).toBe(50);
  expect(scale(5, [5, 5], [0, 10])).toBe(0);
});

test('the nearest point is found, also in an empty line', () => {
  expect(
    nearest(
      [
        { x: 1, y: 9 },
        { x: 4, y: 8 },
      ],
      3,
    )?.y,
  ).toBe(8);
  expect(nearest([], 3)).toBeUndefined();
});

test('labels that would overlap are moved apart in their order', () => {
  expect(spread([50, 48, 90], 16)).toEqual([64, 48, 90]);
});

test.each([
  ['Maya Lindqvist', 'ML'],
  ['  maya  van der Berg ', 'MB'],
  ['李', '李'],
  ['', '·'],
])('initials of "%s"', (name, expected) => {
  expect(initials(name)).toBe(expected);
});

test.each([
  ['https://example.com/a', 'https://example.com/a'],
  ['mailto:a@example.com', 'mailto:a@example.com'],
  ['javascript:alert(1)', ''],
  [' JaVaScRiPt:alert(1)', ''],
  ['data:text/html,<b>', ''],
  ['//evil.example', ''],
  ['/relative', ''],
])('the link %s becomes "%s"', (url, expected) => {
  expect(safeLink(url)).toBe(expected);
});
