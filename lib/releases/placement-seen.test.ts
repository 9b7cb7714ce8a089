// How seen groups leave the held-out set, and what may stand in for them.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { place } from '@/lib/releases/placement';
import type { PlacementCandidate } from '@/lib/releases/placement-groups';

const idOf = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
/** A prompt that is like no other: digits far apart share no five characters in a row. */
const promptOf = (number: number) =>
  Array.from({ length: 8 }, (_, at) => `${(number * 7919 + at * 104_729) % 1_000_003}`).join(' ');

const candidate = (number: number, more: Partial<PlacementCandidate> = {}): PlacementCandidate => ({
  id: idOf(number),
  groupKey: null,
  derivedFromId: null,
  promptText: promptOf(number),
  split: null,
  eligible: true,
  seenAt: null,
  isSpent: false,
  ...more,
});

const day = (number: number) => new Date(Date.UTC(2026, 0, number));
type Stock = { training?: number; unseen?: number; seen?: number; spent?: number; fresh?: number };

/** So many examples of each kind, each a group of its own; seen ones in the order of their days. */
function stock({ training = 16, unseen = 0, seen = 0, spent = 0, fresh = 0 }: Stock) {
  const made: PlacementCandidate[] = [];
  const add = (count: number, more: (index: number) => Partial<PlacementCandidate>) => {
    for (let index = 0; index < count; index += 1) made.push(candidate(made.length, more(index)));
  };
  add(training, (index) => ({ split: index === 0 ? 'validation' : 'training' }));
  add(unseen, () => ({ split: 'held_out' }));
  add(seen, (index) => ({ split: 'held_out', seenAt: day(index + 1) }));
  add(spent, () => ({ split: 'held_out', seenAt: day(1), isSpent: true }));
  add(fresh, () => ({}));
  return made;
}

const sizes = (candidates: PlacementCandidate[], options?: Parameters<typeof place>[2]) => {
  const { seen, placed, conflicts } = place(candidates, 'seed', options);
  const heldOut = candidates.filter(
    (one) =>
      one.eligible &&
      !conflicts.has(one.id) &&
      !seen.out.has(one.id) &&
      (one.split ?? placed.get(one.id)) === 'held_out',
  ).length;
  const { retired, fresh, staying, out, spent } = seen;
  return {
    retired: retired.size,
    fresh: fresh.size,
    staying: staying.size,
    out: out.size,
    spent: spent.size,
    heldOut,
  };
};

describe('what was seen', () => {
  test.each<[string, Stock, boolean, Partial<ReturnType<typeof sizes>>]>([
    ['nothing seen', { unseen: 4 }, false, { retired: 0, staying: 0, out: 0, heldOut: 4 }],
    ['nothing fresh: all stay', { seen: 4 }, false, { retired: 0, staying: 4, heldOut: 4 }],
    ['one fresh is one to teach with', { seen: 4, fresh: 1 }, false, { retired: 0, fresh: 0 }],
    [
      'half of what is fresh stands in',
      { seen: 4, fresh: 4 },
      false,
      { retired: 2, fresh: 2, staying: 2, out: 2, spent: 2, heldOut: 4 },
    ],
    [
      'all of it when more is held back',
      { seen: 4, fresh: 3 },
      true,
      { retired: 3, staying: 1, fresh: 3, heldOut: 4 },
    ],
    [
      'enough is fresh: all retire',
      { seen: 4, fresh: 20 },
      false,
      { retired: 4, staying: 0, fresh: 4, heldOut: 4 },
    ],
    [
      'unseen ones stay where they are',
      { unseen: 3, seen: 2, fresh: 10 },
      false,
      { retired: 2, staying: 0, heldOut: 5 },
    ],
    [
      'the set grows with the dataset as before',
      { training: 60, seen: 4, fresh: 40 },
      false,
      { retired: 4, staying: 0, fresh: 10, heldOut: 10 },
    ],
    [
      'what retired earlier never comes back, and is noted once',
      { spent: 3, unseen: 2 },
      false,
      { retired: 0, staying: 0, out: 3, spent: 0, heldOut: 2 },
    ],
  ])('%s', (_name, kinds, reserveMore, expected) => {
    expect(sizes(stock(kinds), { reserveMore })).toMatchObject(expected);
  });

  test('the oldest go first', () => {
    const candidates = stock({ seen: 4, fresh: 4 }).map((one) =>
      // The last of them was seen before all others.
      one.id === idOf(19) ? { ...one, seenAt: day(0) } : one,
    );
    const { seen } = place(candidates, 'seed');
    expect([...seen.retired].sort()).toEqual([idOf(16), idOf(19)]);
  });

  test('a group goes as a whole, also its rows that no proof asked, and what now joins it', () => {
    const group = (number: number, more: Partial<PlacementCandidate>) =>
      candidate(number, { groupKey: 'ticket', ...more });
    const candidates = [
      ...stock({ fresh: 10 }),
      group(100, { split: 'held_out', seenAt: day(1) }),
      group(101, { split: 'held_out' }),
      group(102, {}),
      candidate(103, { promptText: promptOf(101) }),
      candidate(104, { derivedFromId: idOf(100) }),
      group(105, { split: 'held_out', eligible: false }),
      group(106, { split: 'training' }),
    ];
    const { seen, placed, conflicts } = place(candidates, 'seed');
    expect([...seen.retired].sort()).toEqual([idOf(100), idOf(101)]);
    expect([...seen.out].sort()).toEqual([100, 101, 102, 103, 104].map(idOf));
    expect([...seen.spent].sort()).toEqual([100, 101, 102, 103, 104, 105].map(idOf));
    for (const number of [102, 103, 104]) expect(placed.get(idOf(number))).toBe('held_out');
    expect([...conflicts]).toEqual([idOf(106)]);
    expect(seen.fresh.size).toBe(5);
  });

  test('what joins a retired group is out with it, though its own text was never seen', () => {
    const { seen, placed } = place(
      [...stock({ spent: 1, unseen: 2 }), candidate(50, { promptText: promptOf(18) })],
      'seed',
    );
    expect(placed.get(idOf(50))).toBe('held_out');
    expect(seen.out.has(idOf(50))).toBe(true);
    expect([...seen.spent]).toEqual([idOf(50)]);
    expect(seen.retired.size).toBe(0);
  });

  test('a seen group without a row of this release is left as it is', () => {
    const candidates = stock({ seen: 1, fresh: 10 }).map((one) =>
      one.seenAt ? { ...one, eligible: false } : one,
    );
    const { seen } = place(candidates, 'seed');
    expect([seen.retired.size, seen.staying.size, seen.spent.size]).toEqual([0, 0, 0]);
  });

  test('a refused release retires nothing', () => {
    const candidates = stock({ training: 3, seen: 2, fresh: 4 });
    const { seen, placed, refusal } = place(candidates, 'seed');
    expect(refusal).toBe('too_few_examples');
    expect([seen.retired.size, seen.spent.size, placed.size]).toEqual([0, 0, 0]);
  });
});

/** Everything that touches anything of a set, and what touches that, and so on. */
function grown(candidates: PlacementCandidate[], from: PlacementCandidate[]) {
  const touches = (a: PlacementCandidate, b: PlacementCandidate) =>
    (a.groupKey !== null && a.groupKey === b.groupKey) || a.promptText === b.promptText;
  const reached = new Set(from);
  for (let before = -1; before < reached.size; ) {
    before = reached.size;
    for (const one of candidates)
      if ([...reached].some((other) => touches(one, other))) reached.add(one);
  }
  return reached;
}

describe('over random stocks', () => {
  const arbitrary = fc.array(
    fc.record({
      group: fc.option(fc.integer({ min: 0, max: 9 }), { nil: null, freq: 2 }),
      twinOf: fc.option(fc.integer({ min: 0, max: 40 }), { nil: null, freq: 1 }),
      kind: fc.constantFrom(
        'new',
        'new',
        'new',
        'training',
        'validation',
        'unseen',
        'seen',
        'spent',
      ),
      day: fc.integer({ min: 1, max: 5 }),
      eligible: fc.boolean(),
    }),
    { minLength: 15, maxLength: 60 },
  );
  const splitOf = { new: null, training: 'training', validation: 'validation' } as const;

  test('nothing seen is ever taught or comes back, and held out is what is fresh, unseen or has no stand-in', () => {
    let retirements = 0;
    const check = (candidates: PlacementCandidate[], reserveMore: boolean) => {
      const { seen, placed, conflicts, refusal } = place(candidates, 'seed', { reserveMore });
      if (refusal) return;
      const spent = grown(
        candidates,
        candidates.filter((one) => one.isSpent),
      );
      const known = grown(
        candidates,
        candidates.filter((one) => one.seenAt !== null),
      );
      const stays = candidates.filter(
        (one) => one.eligible && !conflicts.has(one.id) && !seen.out.has(one.id),
      );
      const isHeldOut = (one: PlacementCandidate) =>
        (one.split ?? placed.get(one.id)) === 'held_out';
      for (const one of stays) {
        expect(spent.has(one), 'came back').toBe(false);
        if (!isHeldOut(one)) expect(known.has(one), 'taught').toBe(false);
        else if (known.has(one)) expect(seen.staying.has(one.id)).toBe(true);
        else
          expect(one.split === 'held_out' || seen.fresh.has(one.id) || touchesHeld(one)).toBe(true);
      }
      // Unseen groups that were held out before take in what newly touches them.
      function touchesHeld(one: PlacementCandidate): boolean {
        return [...grown(candidates, [one])].some((other) => other.split === 'held_out');
      }
      for (const one of candidates.filter(({ id }) => seen.fresh.has(id)))
        for (const other of grown(candidates, [one])) expect(other.split).toBeNull();
      // A group stays or leaves as a whole.
      for (const one of candidates.filter(({ id }) => seen.out.has(id)))
        for (const other of grown(candidates, [one])) expect(stays).not.toContain(other);
      const before = candidates.filter(
        (one) => one.eligible && one.split === 'held_out' && !spent.has(one),
      );
      expect(stays.filter(isHeldOut).length).toBeGreaterThanOrEqual(before.length);
      for (const id of seen.spent) {
        const one = candidates.find((other) => other.id === id) as PlacementCandidate;
        expect(isHeldOut(one) && known.has(one)).toBe(true);
      }
      retirements += seen.retired.size;
      const reversed = place([...candidates].reverse(), 'seed', { reserveMore });
      expect([...reversed.seen.spent].sort()).toEqual([...seen.spent].sort());
      expect([...reversed.placed].sort()).toEqual([...placed].sort());
    };
    fc.assert(
      fc.property(arbitrary, fc.boolean(), (rows, reserveMore) => {
        const candidates = rows.map((row, number) =>
          candidate(number, {
            groupKey: row.group === null ? null : `g${row.group}`,
            promptText: promptOf(row.twinOf ?? number),
            eligible: row.eligible || row.kind === 'new',
            split: row.kind in splitOf ? splitOf[row.kind as 'new'] : 'held_out',
            seenAt: row.kind === 'seen' || row.kind === 'spent' ? day(row.day) : null,
            isSpent: row.kind === 'spent',
          }),
        );
        check(candidates, reserveMore);
      }),
      { numRuns: 200 },
    );
    expect(retirements).toBeGreaterThan(50);
  }, 120_000);
});
