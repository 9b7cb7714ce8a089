import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { briefInWords } from '@/lib/proofs/brief-in-words';
import { judgeProof } from '@/lib/proofs/judge';
import { NearestTexts } from '@/lib/proofs/nearest';
import { heldOutCommitment, planCommitment } from '@/lib/proofs/proof-commitment';
import type { ByArm, FactItem, ProofFacts } from '@/lib/proofs/proof-facts';
import { drawnOf, orderItems } from '@/lib/proofs/proof-order';
import { MAX_PROOF_ROWS, type ProofMeasure } from '@/lib/proofs/proof-schema';
import { randomOrder, seededRandom } from '@/lib/proofs/statistics/seeded-random';

const releaseId = '00000000-0000-7000-8000-000000000001';
const plan = {
  releaseId,
  measure: 'blind_votes' as ProofMeasure,
  barOf100: 60,
  marginOf100: 10,
  votesPerPrompt: 1,
  candidate: 'tuned' as const,
  opponent: null,
};
const arms = <T>(base: T, examples: T, tuned: T): ByArm<T> => ({
  base,
  base_examples: examples,
  tuned,
  nearest: null,
});
const fact = (n: number, over: Partial<FactItem> = {}): FactItem => ({
  exampleId: `e${n}`,
  position: n,
  groupNumber: n + 1,
  replyKnown: false,
  contentHash: `${n}`,
  answers: arms('b', 'x', 't'),
  passes: arms(false, false, true),
  wholes: arms<boolean | null>(null, null, null) as ByArm<boolean>,
  ...over,
});
const facts = (items: FactItem[], wins: number, over: Partial<ProofFacts> = {}): ProofFacts => ({
  plan,
  alpha: 0.025,
  opponent: 'base_examples',
  items,
  votes: items.map((item, index) => ({
    ordinal: index + 1,
    voter: 'v',
    exampleId: item.exampleId,
    // Losses spread evenly among the wins.
    choice:
      Math.floor(((index + 1) * wins) / items.length) > Math.floor((index * wins) / items.length)
        ? ('a' as const)
        : ('b' as const),
    guess: null,
    undoes: null,
    candidateOnA: true,
  })),
  isClosed: false,
  ...over,
});
const many = (count: number, over: (n: number) => Partial<FactItem> = () => ({})) =>
  Array.from({ length: count }, (_, n) => fact(n, over(n)));
const verdictOf = (given: ProofFacts) => judgeProof(given).map((part) => part.verdict.verdict);

describe('the verdict of votes', () => {
  test.each([
    ['nine groups', 9, 9, 'cannot_be_proven'],
    ['fifteen won of fifteen', 15, 15, 'better_and_good_enough'],
    ['twelve of fifteen', 15, 12, 'cannot_be_proven'],
    ['nearly all lost', 50, 3, 'no_better_than_instructions'],
    ['forty of fifty', 50, 40, 'better_and_good_enough'],
  ])('%s', (_name, groups, wins, verdict) => {
    expect(verdictOf(facts(many(groups), wins))).toEqual([verdict]);
  });

  test('is not proven while groups are open, and tells about how many votes are missing', () => {
    const all = facts(many(50), 32);
    const [part] = judgeProof({ ...all, votes: all.votes.slice(0, 20) });
    expect(part?.verdict).toMatchObject({ verdict: 'not_proven' });
    expect(part?.scores).toHaveLength(20);
  });

  test('reaches the bar only when the bound does too', () => {
    const high = { ...plan, barOf100: 95 };
    expect(verdictOf(facts(many(50), 40, { plan: high }))).toEqual(['better_not_good_enough']);
  });

  test('of two others says how they compare, and nothing of the tuned model', () => {
    const pair = { ...plan, candidate: 'base_examples' as const, opponent: 'base' as const };
    const given = facts(many(50), 50, { plan: pair, opponent: 'base' });
    const [part] = judgeProof(given);
    expect(part?.verdict).toMatchObject({
      verdict: 'cannot_be_proven',
      reason: 'without_tuned',
      stand: 'better',
    });
    expect(part?.comparisons).toMatchObject([{ against: 'base', mean: 1, counted: 50 }]);
    // Their answers count, whatever became of the tuned model's.
    const items = many(50, (n) =>
      n < 20 ? { answers: { ...arms('b', 'b', 't'), tuned: null } } : {},
    );
    const votes = given.votes.slice(20);
    expect(judgeProof({ ...given, items, votes })[0]).toMatchObject({ groups: 50, failed: 0 });
  });

  test('is given apart for replies known from training', () => {
    const items = many(60, (n) => ({ replyKnown: n % 2 === 1 }));
    const parts = judgeProof(facts(items, 60));
    expect(parts.map((part) => [part.part, part.groups])).toEqual([
      ['fresh', 30],
      ['known', 30],
    ]);
  });

  test.each([
    ['base', 50],
    ['base_examples', 50],
    ['nearest', 50],
    ['nearest', 0],
  ] as const)(
    'needs the stronger base model: %s, which the plan names, proves only itself (%i won)',
    (opponent, wins) => {
      const items = many(50, () => ({ answers: { ...arms('b', 'x', 't'), nearest: 'n' } }));
      const given = facts(items, wins, { plan: { ...plan, opponent }, opponent });
      const [part] = judgeProof(given);
      expect(part?.verdict).toEqual({ verdict: 'cannot_be_proven', reason: 'one_opponent' });
      // Known as soon as it is shown, not when all are used.
      const [early] = judgeProof({ ...given, votes: given.votes.slice(0, 20) });
      expect(early?.verdict).toEqual(part?.verdict);
    },
  );

  test('a vote that is closed early is not proven, and asks for no more votes', () => {
    const all = facts(many(50), 32);
    const [part] = judgeProof({ ...all, votes: all.votes.slice(0, 20), isClosed: true });
    expect(part?.verdict).toEqual({
      verdict: 'not_proven',
      aboutMoreVotes: null,
      closedWith: 30,
    });
  });

  test('equal answers say nothing before anybody voted', () => {
    // The order is random: so are the places of the equal ones.
    const random = seededRandom(7);
    const equal = new Set(randomOrder(60, random).slice(0, 40));
    const items = many(60, (n) => (equal.has(n) ? { answers: arms('b', 't', 't') } : {}));
    const given = facts(items, 0, { votes: [] });
    const [part] = judgeProof(given);
    expect(part?.verdict).toMatchObject({ verdict: 'not_proven' });
    const before = items.findIndex((_, n) => !equal.has(n));
    expect(part?.scores).toHaveLength(before);
  });
});

describe('the verdict of what is counted', () => {
  const counted = { ...plan, measure: 'rule_pass_rate' as const, barOf100: 80, marginOf100: 5 };

  test('compares with both base models, without votes', () => {
    const items = many(50);
    expect(verdictOf(facts(items, 0, { plan: counted, votes: [] }))).toEqual([
      'better_and_good_enough',
    ]);
    const equal = many(50, () => ({ passes: arms(false, true, true) }));
    expect(verdictOf(facts(equal, 0, { plan: counted, votes: [] }))).not.toEqual([
      'better_and_good_enough',
    ]);
  });

  test('“no better” leaves no difference open that matters', () => {
    // Two shares that differ by d give scores with a mean of ½ + d/2.
    const equal = many(100, () => ({ passes: arms(true, true, true) }));
    const [wide, narrow] = [20, 5].map((marginOf100) =>
      judgeProof(facts(equal, 0, { plan: { ...counted, marginOf100 }, votes: [] })),
    );
    const upper = wide?.[0]?.comparisons[0]?.interval.upper ?? 1;
    expect(2 * (upper - 0.5)).toBeGreaterThan(0.05);
    expect(2 * (upper - 0.5)).toBeLessThan(0.2);
    expect(wide?.[0]?.verdict.verdict).toBe('no_better_than_instructions');
    expect(narrow?.[0]?.verdict.verdict).toBe('cannot_be_proven');
  });

  test('leaves out what was not answered', () => {
    const items = many(20, (n) =>
      n < 5
        ? {
            passes: { ...arms(false, false, true), tuned: null },
            answers: { ...arms('b', 'x', 't'), tuned: null },
          }
        : {},
    );
    const [part] = judgeProof(facts(items, 0, { plan: counted, votes: [] }));
    expect(part).toMatchObject({ groups: 15, failed: 5 });
  });
});

describe('order', () => {
  const rows = Array.from({ length: 40 }, (_, n) => ({
    exampleId: `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`,
    groupKey: n < 20 ? `ticket ${n % 5}` : null,
    derivedFromId: null,
    promptText: `prompt ${n * 7919} about ${n * 104729} and ${n * 1299709}`,
  }));

  test('keeps groups together, depends on the seed alone, and holds whole groups up to the limit', () => {
    const items = orderItems(rows, 'ab', 1_000);
    expect(items).toHaveLength(40);
    expect(orderItems([...rows].reverse(), 'ab', 1_000)).toEqual(items);
    expect(orderItems(rows, 'cd', 1_000)).not.toEqual(items);
    const numbers = items.map((item) => item.groupNumber);
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    expect(new Set(numbers).size).toBe(25);
    const few = orderItems(rows, 'ab', 10);
    expect(few.length).toBeLessThanOrEqual(10);
    for (const { groupNumber } of few) {
      const size = few.filter((item) => item.groupNumber === groupNumber).length;
      expect([1, 4]).toContain(size);
    }
  });

  test.each([
    ['fewer than a proof asks', 399, 1, null],
    ['as many', 400, 1, null],
    ['more', 612, 1, { asked: 400, of: 612 }],
    // 133 threes are 399: a group is asked whole or not at all.
    ['more, in groups of three', 612, 3, { asked: 399, of: 612 }],
    ['more, in one group and a rest', 612, 500, { asked: 152, of: 612 }],
    ['more, in groups that are too large', 2_500, 500, { asked: 200, of: 2_500 }],
  ])('%s: the page says so, or nothing', (_, count, size, told) => {
    const many = Array.from({ length: count }, (_, n) => ({
      exampleId: `e${n}`,
      groupKey: `g${Math.floor(n / size)}`,
      derivedFromId: null,
      promptText: createHash('sha256').update(`${n}`).digest('hex'),
    }));
    expect(drawnOf(orderItems(many, 'ab', MAX_PROOF_ROWS).length, count)).toEqual(told);
  });
});

describe('nearest texts', () => {
  test('are found by what they share, the nearest first, as a search through all would', () => {
    const index = new NearestTexts([
      'Where is my parcel?',
      'I want a refund for my saddle.',
      'Where is my parcel with the saddle?',
      'zzz',
    ]);
    expect(index.find('Where is my parcel now?', 2)).toEqual([0, 2]);
    expect(index.find('refund please for my saddle', 1)).toEqual([1]);
    expect(index.find('qqqqq', 2)).toEqual([0, 1]);
  });
});

test('the brief in words holds guidelines, every kind of rule and the slots', () => {
  const id = '11111111-1111-4111-8111-111111111111';
  const common = { id, severity: 'warning' as const };
  expect(
    briefInWords('You answer mails.', {
      guidelines: 'Be kind.',
      slots: ['order_number'],
      rules: [
        { ...common, kind: 'banned_phrase', phrases: ['unfortunately'] },
        { ...common, kind: 'begins_with', texts: ['Hello', 'Hi'] },
        { ...common, kind: 'ends_with', texts: ['Your team'] },
        { ...common, kind: 'must_mention', phrases: ['a', 'b'], match: 'all' },
        { ...common, kind: 'length', unit: 'words', min: 10, max: 80 },
      ],
    }),
  ).toBe(`You answer mails.

Guidelines:
Be kind.

Rules:
- Never write "unfortunately".
- Begin with "Hello" or "Hi".
- End with "Your team".
- Mention "a" and "b".
- Write at least 10 and at most 80 words.

Where a detail is filled in later, write one of these placeholders: {{order_number}}.`);
});

test('commitments change with everything that they hold, and with nothing else', () => {
  const seal = planCommitment(plan);
  expect(planCommitment({ ...plan })).toBe(seal);
  for (const change of [
    { barOf100: 61 },
    { marginOf100: 11 },
    { votesPerPrompt: 2 },
    { measure: 'rule_pass_rate' as const },
    { opponent: 'base' as const },
    { candidate: 'base_examples' as const, opponent: 'base' as const },
    { candidate: 'nearest' as const, opponent: 'base' as const },
  ])
    expect(planCommitment({ ...plan, ...change })).not.toBe(seal);
  const items = many(3);
  expect(heldOutCommitment([...items].reverse())).toBe(heldOutCommitment(items));
  expect(heldOutCommitment(items.slice(1))).not.toBe(heldOutCommitment(items));
});
