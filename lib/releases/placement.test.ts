import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { place } from '@/lib/releases/placement';
import type { PlacementCandidate } from '@/lib/releases/placement-groups';

const words = [
  'amber',
  'birch',
  'cobalt',
  'delta',
  'ember',
  'fjord',
  'grove',
  'heron',
  'islet',
  'jasper',
  'kelp',
  'lunar',
  'mango',
];

/** A prompt that resembles no other one with another number. */
const prompt = (number: number) =>
  Array.from(
    { length: 9 },
    (_, index) => `${words[(number * 7 + index * 5) % words.length]}${number * 31 + index}`,
  ).join(' ');

const candidate = (number: number, more: Partial<PlacementCandidate> = {}): PlacementCandidate => ({
  id: `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`,
  groupKey: null,
  derivedFromId: null,
  promptText: prompt(number),
  split: null,
  eligible: true,
  seenAt: null,
  isSpent: false,
  ...more,
});
const many = (count: number, more: (number: number) => Partial<PlacementCandidate> = () => ({})) =>
  Array.from({ length: count }, (_, number) => candidate(number, more(number)));

describe('placement', () => {
  test.each([
    ['nine examples', many(9), 'too_few_examples'],
    ['two groups', many(30, (n) => ({ groupKey: `g${n % 2}` })), 'too_few_keys'],
    ['three groups', many(30, (n) => ({ groupKey: `g${n % 3}` })), null],
    ['ten examples', many(10), null],
    [
      'ten examples, one of them ineligible',
      many(10, (n) => ({ eligible: n > 0 })),
      'too_few_examples',
    ],
  ])('%s', (_name, candidates, refusal) => {
    expect(place(candidates, 'seed').refusal).toBe(refusal);
  });

  test('holds back what a proof needs when asked, by new keys alone, and leaves seven in ten', () => {
    const heldOut = (count: number, placed: PlacementCandidate[] = []) => {
      const candidates = [...placed, ...many(count).slice(placed.length)];
      const result = place(candidates, 'seed', { reserveMore: true });
      return candidates.filter((one) => (one.split ?? result.placed.get(one.id)) === 'held_out');
    };
    expect(heldOut(400)).toHaveLength(50);
    expect(heldOut(100)).toHaveLength(30);
    expect(heldOut(900)).toHaveLength(90);
    const first = place(many(100), 'seed').placed;
    const placed = many(100, (n) => ({ split: first.get(candidate(n).id) ?? null }));
    expect(heldOut(100, placed)).toHaveLength(10);
    expect(heldOut(160, placed)).toHaveLength(48);
  });

  test('fills towards 80/10/10 with whole groups, three of them held out where there are many', () => {
    const candidates = many(150, (n) => ({ groupKey: `intent ${n % 25}` }));
    const { placed, keys } = place(candidates, 'seed');
    const rows = [...placed.values()];
    expect(rows).toHaveLength(150);
    expect(keys.held_out).toBeGreaterThanOrEqual(3);
    expect(rows.filter((split) => split === 'held_out').length).toBeGreaterThanOrEqual(15);
    expect(rows.filter((split) => split === 'held_out').length).toBeLessThanOrEqual(23);
    expect(rows.filter((split) => split === 'training').length).toBeGreaterThan(100);
  });

  test('a new example joins the split of what it touches', () => {
    const placed = many(12, (n) => ({
      split: n === 0 ? 'held_out' : n === 1 ? 'validation' : 'training',
    }));
    const twin = candidate(90, { promptText: prompt(0) });
    const child = candidate(91, { derivedFromId: placed[1]?.id ?? '' });
    const grouped = [
      candidate(92, { groupKey: 'g' }),
      candidate(93, { groupKey: 'g', split: 'held_out' }),
    ];
    const result = place([...placed, twin, child, ...grouped], 'seed');
    expect(result.placed.get(twin.id)).toBe('held_out');
    expect(result.placed.get(child.id)).toBe('validation');
    expect(result.placed.get(grouped[0]?.id ?? '')).toBe('held_out');
  });

  test('where training and held-out touch, the held-out row stays and the other is left out', () => {
    const placed = many(12, (n) => ({
      split: n < 2 ? 'held_out' : n === 2 ? 'validation' : 'training',
    }));
    const bridge = [
      candidate(50, { split: 'training', groupKey: 'b' }),
      candidate(51, { split: 'held_out', groupKey: 'b' }),
    ];
    const result = place([...placed, ...bridge], 'seed');
    expect([...result.conflicts]).toEqual([bridge[0]?.id]);
  });

  test('nothing that shares a key ever lies in two splits, and the answer does not depend on the order', () => {
    const arbitrary = fc.array(
      fc.record({
        group: fc.option(fc.integer({ min: 0, max: 12 }), { nil: null }),
        twinOf: fc.option(fc.integer({ min: 0, max: 20 }), { nil: null }),
        split: fc.constantFrom(
          null,
          null,
          null,
          'training' as const,
          'held_out' as const,
          'validation' as const,
        ),
        eligible: fc.boolean(),
      }),
      { minLength: 10, maxLength: 60 },
    );
    fc.assert(
      fc.property(arbitrary, fc.string(), (rows, seed) => {
        const candidates = rows.map((row, number) =>
          candidate(number, {
            groupKey: row.group === null ? null : `g${row.group}`,
            promptText: prompt(row.twinOf ?? number),
            split: row.split,
            eligible: row.eligible,
          }),
        );
        const result = place(candidates, seed);
        if (result.refusal) return;
        const where = (c: PlacementCandidate) => c.split ?? result.placed.get(c.id);
        const stays = candidates.filter((c) => c.eligible && !result.conflicts.has(c.id));
        const heldOut = stays.filter((c) => where(c) === 'held_out');
        for (const a of stays.filter((c) => where(c) !== 'held_out')) {
          expect(where(a)).toBeDefined();
          for (const b of heldOut) {
            expect(a.groupKey !== null && a.groupKey === b.groupKey).toBe(false);
            expect(a.promptText === b.promptText).toBe(false);
          }
        }
        const shuffled = place([...candidates].reverse(), seed);
        expect([...shuffled.placed].sort()).toEqual([...result.placed].sort());
        expect([...shuffled.conflicts].sort()).toEqual([...result.conflicts].sort());
      }),
      { numRuns: 150 },
    );
  });
});
