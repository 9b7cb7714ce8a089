import { describe, expect, test } from 'vitest';
import { agreement } from '@/lib/proofs/statistics/agreement';

/** One line per voter, one column per unit; a dot for no vote. */
const table = (...lines: string[]) =>
  lines.flatMap((line, voter) =>
    line
      .split(' ')
      .flatMap((choice, unit) =>
        choice === '.' ? [] : [{ unit: `u${unit}`, voter: `v${voter}`, choice }],
      ),
  );

describe('agreement', () => {
  // Examples A, B and C of Krippendorff (2011).
  test.each([
    ['A', table('0 1 0 0 0 0 0 0 1 0', '1 1 1 0 0 1 0 0 0 0'), 0.095],
    ['B', table('a a b b d c c c e d d a', 'b a b b b c c c e d d d'), 0.692],
    [
      'C',
      table(
        '1 2 3 3 2 1 4 1 2 . . .',
        '1 2 3 3 2 2 4 1 2 5 . 3',
        '. 3 3 3 2 3 4 2 2 5 1 .',
        '1 2 3 3 2 4 4 1 2 5 1 .',
      ),
      0.743,
    ],
  ])('published example %s', (_, ratings, alpha) => {
    expect(agreement(ratings).alpha).toBeCloseTo(alpha, 3);
  });

  test('share of agreeing pairs', () => {
    // Unit 0: one of three pairs agrees; unit 1: its one pair agrees; unit 2 has no pair.
    const result = agreement(table('a b a', 'a b .', 'b . .'));
    expect(result).toMatchObject({ pairs: 4, units: 2 });
    expect(result.share).toBeCloseTo(0.5, 12);
  });

  test('always agreeing on several things is 1; always disagreeing is below 0', () => {
    expect(agreement(table('a b c a', 'a b c a')).alpha).toBe(1);
    expect(agreement(table('a b a b', 'b a b a')).alpha).toBeLessThan(0);
  });

  test.each([
    ['no votes', [], null],
    ['one voter', table('a b c'), null],
    ['all chose the same', table('a a', 'a a'), 1],
  ])('%s: no alpha', (_, ratings, share) => {
    expect(agreement(ratings)).toMatchObject({ alpha: null, share });
  });

  test('a repeated vote replaces the one before', () => {
    const first = { unit: 'u', voter: 'v', choice: 'a' };
    const other = { unit: 'u', voter: 'w', choice: 'b' };
    expect(agreement([first, other, { ...first, choice: 'b' }]).share).toBe(1);
  });
});
