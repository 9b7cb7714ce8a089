import { describe, expect, test } from 'vitest';
import { turnOver } from '@/lib/releases/seen-groups';

const sized = (...rows: number[]) => rows.map((count, at) => ({ key: `${at}`, rows: count }));
const plenty = { freshRows: 100, keep: 0, mayLose: { rows: 100, keys: 100 } };

describe('standing in', () => {
  test.each<[string, number[], number[], Partial<typeof plenty>, string[], string[]]>([
    ['one for one', [1, 1], [1, 1, 1], {}, ['0', '1'], ['0', '1']],
    ['many small for one large', [3], [1, 1, 1, 1], {}, ['0'], ['0', '1', '2']],
    [
      'a group for a group, however large the stand-ins',
      [1, 1],
      [4, 4],
      {},
      ['0', '1'],
      ['0', '1'],
    ],
    ['the fitting one before the large one', [2], [9, 2], {}, ['0'], ['1']],
    ['the smallest where none fits', [1], [9, 5], {}, ['0'], ['1']],
    ['never more rows than may be held out', [1, 1], [1, 1], { freshRows: 1 }, ['0'], ['0']],
    ['one that nothing replaces stays, and the next may leave', [5, 1], [1, 1], {}, ['1'], ['0']],
    ['what the other parts need is left', [1, 1], [1, 1, 1], { keep: 2 }, ['0'], ['0']],
    ['groups without a row stand in for nothing', [1], [0, 0], {}, [], []],
    [
      'a release never becomes too small by it',
      [1, 1],
      [1, 1],
      { mayLose: { rows: 1, keys: 9 } },
      ['0'],
      ['0'],
    ],
  ])('%s', (_name, seen, waiting, limits, leaving, fresh) => {
    const result = turnOver(sized(...seen), sized(...waiting), { ...plenty, ...limits });
    expect(result.leaving.map(({ key }) => key)).toEqual(leaving);
    expect(result.fresh.map(({ key }) => key)).toEqual(fresh);
    const rest = sized(...waiting).filter(({ key }) => !fresh.includes(key));
    expect(result.waiting).toEqual(rest);
  });
});
