import { describe, expect, test } from 'vitest';
import {
  compareArms,
  isShown,
  type JudgedAnswer,
  needsReason,
  type Possible,
  possibleBad,
  type Standing,
  shownAnswers,
  standings,
} from './comparison-rules';
import type { RegressionKind, RegressionOutcome } from './regression-schema';

type Letter = 'p' | 'f' | 'u' | '-' | ' ';
const outcomes: Record<Exclude<Letter, ' '>, RegressionOutcome | null> = {
  p: 'pass',
  f: 'fail',
  u: 'unclear',
  '-': null,
};

/** Items and answers from two rows of letters: pass, fail, unclear, - could not, blank not asked. */
function made(kind: RegressionKind, base: string, tuned: string) {
  const ids = [...base].map((_, at) => `${kind}-${at}`);
  const answers = (['base', 'tuned'] as const).flatMap((arm) =>
    [...(arm === 'base' ? base : tuned)].flatMap((letter, at): JudgedAnswer[] =>
      letter === ' ' ? [] : [{ itemId: ids[at] as string, arm, outcome: outcomes[letter as 'p'] }],
    ),
  );
  return { items: ids.map((id) => ({ id, kind })), answers };
}

const both = (...parts: ReturnType<typeof made>[]) =>
  compareArms(
    parts.flatMap(({ items }) => items),
    parts.flatMap(({ answers }) => answers),
  );

describe('base and tuned model, pair by pair', () => {
  test.each<[string, string, string, Standing, string]>([
    ['nothing asked', '   ', '   ', 'not_asked', '0 0'],
    ['the base model alone', 'ppp', '   ', 'not_asked', '0 0'],
    ['the same', 'ppf', 'ppf', 'not_worse', '0 0'],
    ['all better', 'fff', 'ppp', 'not_worse', '0 3'],
    ['one worse', 'ppp', 'ppf', 'worse', '1 0'],
    ['one worse, one better', 'pfp', 'fpp', 'not_worse', '1 1'],
    ['two worse, one better', 'pfp', 'fpf', 'worse', '2 1'],
    ['from passed to unclear may be a loss', 'ppp', 'ppu', 'to_look_at', '0 0'],
    ['from unclear to failed as well', 'uuu', 'uuf', 'to_look_at', '0 0'],
    ['from failed to unclear is none', 'fff', 'uuu', 'not_worse', '0 0'],
    ['as unclear as before neither', 'uuu', 'uuu', 'not_worse', '0 0'],
    ['no more in doubt than got better', 'fpp', 'ppu', 'not_worse', '0 1'],
    ['more in doubt than got better', 'fpp', 'puu', 'to_look_at', '0 1'],
    ['worse is worse, in doubt or not', 'ppp', 'pfu', 'worse', '1 0'],
    ['in doubt and not all answered', 'pp ', 'pu ', 'to_look_at', '0 0'],
    ['one not asked yet', 'pp ', 'pp ', 'incomplete', '0 0'],
    ['one asked of one model only', 'ppp', 'pp ', 'incomplete', '0 0'],
    ['one that could not be answered', 'ppp', 'pp-', 'incomplete', '0 0'],
    ['worse is worse, answered or not', 'ppp', 'fp-', 'worse', '1 0'],
  ])('%s', (_, base, tuned, standing, moved) => {
    const result = both(made('everyday', base, tuned));
    const [everyday] = result.kinds;
    expect(result.standing).toBe(standing);
    expect(`${everyday?.worse.length} ${everyday?.better.length}`).toBe(moved);
    expect(everyday?.isWorse).toBe(standing === 'worse');
  });

  test('one kind that is worse is not made up for by another', () => {
    const result = both(made('everyday', 'ffffff', 'pppppp'), made('leak', 'pp', 'pf'));
    expect(result.standing).toBe('worse');
    expect(result.kinds.filter(({ isWorse }) => isWorse).map(({ kind }) => kind)).toEqual(['leak']);
  });

  test('a voice that neither declines nor helps does not pass as "not worse"', () => {
    const asked = 'p'.repeat(25);
    const result = both(made('everyday', 'f', 'p'), made('decline', asked, 'u'.repeat(25)));
    expect(result.standing).toBe('to_look_at');
    expect(result.kinds[1]).toMatchObject({ isWorse: false, mayBeWorse: true });
    expect(result.kinds[1]?.doubtful).toHaveLength(25);
  });

  test('every outcome is counted once, and apart', () => {
    const [, decline] = both(made('decline', 'ppfu-', 'pfuu-')).kinds;
    expect(decline?.base).toEqual({ pass: 2, fail: 1, unclear: 1, unanswered: 1 });
    expect(decline?.open).toHaveLength(3);
    expect(decline?.tuned).toEqual({ pass: 1, fail: 1, unclear: 2, unanswered: 1 });
  });

  test('answers to items that are no longer in the set do not count', () => {
    const { answers } = made('leak', 'pp', 'ff');
    expect(compareArms([{ id: 'leak-0', kind: 'leak' }], answers).kinds.at(-1)?.worse).toEqual([
      'leak-0',
    ]);
  });

  test('all but "not worse" needs a reason', () => {
    expect(standings.filter((one) => !needsReason(one))).toEqual(['not_worse']);
  });
});

describe('what counts leave possible', () => {
  const oneIn = (count: number): Possible => ({ kind: 'one_in', count });
  const of100 = (count: number): Possible => ({ kind: 'of_100', count });
  test.each<[number, number, Possible | null]>([
    [0, 50, oneIn(17)],
    [0, 25, oneIn(8)],
    [0, 20, oneIn(7)],
    [0, 1, of100(95)],
    [1, 50, oneIn(10)],
    [3, 50, oneIn(6)],
    [25, 50, of100(63)],
    [50, 50, of100(100)],
    [0, 0, null],
  ])('%i bad of %i', (fail, total, expected) => {
    expect(possibleBad({ fail, pass: total - fail })).toEqual(expected);
  });
});

test('an item stands in the lists that its pair belongs to', () => {
  const pairs: [Letter, Letter, string][] = [
    ['p', 'f', 'worse bad all'],
    ['f', 'p', 'better all'],
    ['f', 'f', 'bad all'],
    ['p', 'p', 'all'],
    ['u', 'p', 'unclear all'],
    ['-', 'p', 'unclear all'],
    ['p', 'u', 'unclear all'],
  ];
  for (const [base, tuned, lists] of pairs)
    expect(
      shownAnswers
        .filter((show) => isShown(show, outcomes[base as 'p'], outcomes[tuned as 'p']))
        .join(' '),
    ).toBe(lists);
});
