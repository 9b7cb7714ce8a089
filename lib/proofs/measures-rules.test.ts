import { describe, expect, test, vi } from 'vitest';
import { houseRuleSchema } from '@/lib/checks/rule-schema';
import { looksLikeFields, type MeasuredText } from '@/lib/proofs/measures/readings';
import { measureRows, testMeasures } from '@/lib/proofs/measures-rules';

const row = (
  position: number,
  reply: string,
  texts: Partial<MeasuredText['texts']>,
  over: Partial<MeasuredText> = {},
): MeasuredText => ({
  position,
  groupNumber: position + 1,
  prompt: 'Where is order 4711?',
  system: null,
  reply,
  texts: { base: null, base_examples: null, tuned: null, nearest: null, ...texts },
  ...over,
});
const context = {
  rules: [],
  slots: ['order_number'],
  systemPrompt: '',
  guidelines: 'We answer within 24 hours.',
  trainingReplies: ['It is on its way.'],
  candidate: 'tuned' as const,
  opponent: 'base' as const,
};
const measure = (rows: MeasuredText[], key: string, pair = {}) => {
  const found = measureRows(rows, { ...context, ...pair }).find((one) => one.key === key);
  if (!found) throw new Error(`no ${key}`);
  return found;
};

test('two others are compared row by row where a plan compares them', () => {
  const rows = [
    row(0, 'It left us.', {
      tuned: 'It left.',
      base: 'It left on 2024-05-06.',
      nearest: 'It left.',
    }),
    row(1, 'It left us.', { tuned: null, base: 'It left.', nearest: 'It left on 2024-05-06.' }),
  ];
  expect(measure(rows, 'facts')).toMatchObject({ improved: [0], unchanged: [], broken: [] });
  expect(measure(rows, 'facts', { candidate: 'nearest' })).toMatchObject({
    improved: [0],
    broken: [1],
  });
});

describe('what is counted', () => {
  test.each([
    ['facts', 'Order 4711 left us; we answer within 24 hours.', 'It left us on 2024-05-06.'],
    ['copies', 'It left us today.', 'It is on  its WAY.'],
    ['slots', 'Order {{order_number}} left.', 'Order {{ordernumber}} left.'],
    ['refusals', 'It left us today.', "I can't help with that."],
    ['length', 'It left us today.', 'It '.repeat(40)],
  ])('%s', (key, good, bad) => {
    const human = key === 'slots' ? 'Your order {{order_number}} left.' : 'It left us on Monday.';
    const rows = [
      row(0, human, { tuned: good, base: bad }),
      row(1, human, { tuned: bad, base: good }),
      row(2, human, { tuned: good, base: good }),
      row(3, human, { tuned: good }),
    ];
    const found = measure(rows, key);
    expect(found.counts.tuned).toEqual({ good: 3, of: 4 });
    expect(found.counts.base).toEqual({ good: 2, of: 3 });
    expect(found.counts.nearest).toBeNull();
    expect(found).toMatchObject({ improved: [0], broken: [1], unchanged: [2] });
  });

  test('fields one by one and whole documents, where replies are JSON', () => {
    const human = '{"total":"12.50","date":"2024-05-06"}';
    const rows = [
      row(0, human, { tuned: human, base: 'twelve fifty' }),
      row(1, human, { tuned: '{"total":"12.50","date":"2024-05-07"}', base: human }),
    ];
    expect(measure(rows, 'whole').counts).toMatchObject({
      tuned: { good: 1, of: 2 },
      base: { good: 1, of: 2 },
      human: { good: 2, of: 2 },
    });
    expect(measure(rows, 'field:total').counts.tuned).toEqual({ good: 2, of: 2 });
    expect(measure(rows, 'field:date').counts.tuned).toEqual({ good: 1, of: 2 });
    expect(looksLikeFields('{"a":1}')).toBe(true);
    expect(looksLikeFields('{{slot}} text {x}')).toBe(false);
    expect(looksLikeFields('[1]')).toBe(false);
  });
});

describe('facts of an answer', () => {
  const closing = 'Call us on 0800 4242, or write to help@shop.example.';
  const brief = {
    ...context,
    systemPrompt: 'The shop opens at 9.',
    rules: [
      houseRuleSchema.parse({
        id: '4a6f5cb2-9a1f-4d1e-8f7e-3f5d9f0d7a11',
        kind: 'ends_with',
        texts: [closing],
      }),
    ],
  };
  const facts = (system: string | null, answer: string) => {
    const rows = [row(0, 'Thank you.', { tuned: answer }, { system })];
    return measureRows(rows, brief).find(({ key }) => key === 'facts')?.counts.tuned?.good;
  };

  test.each<[string, string | null, string, number]>([
    ['a closing that a house rule asks for', null, `It left us. ${closing}`, 1],
    ['another number than that of the closing', null, 'Call us on 0800 4243.', 0],
    ['the system prompt of the brief', null, 'Come at 9.', 1],
    ['the system message of the example', 'Du arbeitest in Filiale 77.', 'I am in 77.', 1],
    ['the system prompt that this message stands in for', 'We are closed.', 'Come at 9.', 0],
    ['nothing', null, 'It left us on 2024-05-06.', 0],
  ])('taken from %s', (_, system, answer, good) => {
    expect(facts(system, answer)).toBe(good);
  });
});

describe('fields of replies', () => {
  const human = (tax: string | null) =>
    JSON.stringify(tax === null ? { total: '5' } : { total: '5', tax });
  const receipts = (answers: (number: number) => string) =>
    Array.from({ length: 15 }, (_, n) =>
      row(
        n,
        human(n < 3 ? '1.50' : null),
        { tuned: answers(n), base: human(null) },
        {
          prompt: 'Tax 1.50, total 5',
        },
      ),
    );
  const values = (rows: MeasuredText[], key: string, arm: 'tuned' | 'base' | 'human' = 'tuned') =>
    measure(rows, key).details[arm];

  test('a field that neither side has is right, and a reply that nobody can read has none right', () => {
    const rows = receipts((n) => (n === 14 ? 'No tax.' : human(n < 3 ? '1.50' : null)));
    const tax = measure(rows, 'field:tax');
    expect(tax.counts.human).toEqual({ good: 15, of: 15 });
    expect(tax.counts.base).toEqual({ good: 12, of: 15 });
    expect(tax.counts.tuned).toEqual({ good: 14, of: 15 });
    expect(tax).toMatchObject({ improved: [0, 1, 2], broken: [14] });
    expect(measure(rows, 'valid').counts).toMatchObject({
      base: { good: 15, of: 15 },
      tuned: { good: 14, of: 15 },
    });
    expect(tax.details.base).toEqual({
      kind: 'values',
      right: 12,
      empty: 12,
      wrong: 0,
      missed: 3,
      invented: 0,
      answered: 0,
      inSource: 0,
    });
  });

  test('right, wrong, missed and invented are told apart, and what stands in the prompt', () => {
    const rows = receipts((n) => human(['1.5', '9.99', null, '1.50', '77'][n] ?? null));
    expect(values(rows, 'field:tax')).toEqual({
      kind: 'values',
      right: 11,
      empty: 10,
      wrong: 1,
      missed: 1,
      invented: 2,
      answered: 4,
      inSource: 2,
    });
    expect(values(rows, 'field:tax', 'human')).toMatchObject({
      right: 15,
      answered: 3,
      inSource: 3,
    });
  });

  test('places in a list are one field, right where every place of the reply is', () => {
    const list = (...prices: (number | null)[]) =>
      JSON.stringify({ items: prices.map((price) => ({ price })), 'a[0]': 'x' });
    const rows = [
      row(0, list(1, 2), { tuned: list(1, 2), base: list(1, 3) }),
      row(1, list(4), { tuned: list(4), base: list(4, 5) }),
      row(2, list(), { tuned: list(), base: list(null) }),
    ];
    const keys = measureRows(rows, context).map(({ key }) => key);
    expect(keys.filter((key) => key.startsWith('field:'))).toEqual([
      'field:items[].price',
      'field:"a[0]"',
    ]);
    const price = measure(rows, 'field:items[].price');
    expect(price.counts).toMatchObject({
      tuned: { good: 3, of: 3 },
      base: { good: 1, of: 3 },
      human: { good: 3, of: 3 },
    });
    expect(price.details.base).toMatchObject({ right: 3, empty: 1, wrong: 1, invented: 1 });
    expect(price.details.tuned).toMatchObject({ right: 4, empty: 1 });
  });

  test('fields that nobody asked for have a row; what training asks for is asked for', () => {
    const extra = (more: object) => JSON.stringify({ total: '5', ...more });
    const rows = [
      row(0, extra({}), { tuned: extra({ cashier: 'Ann', notes: ['a', 'b'] }), base: extra({}) }),
      row(1, extra({}), { tuned: extra({ tip: '1' }), base: extra({ cashier: null }) }),
    ];
    const measures = measureRows(rows, { ...context, trainingReplies: [extra({ tip: '2' })] });
    const find = (key: string) => measures.find((one) => one.key === key);
    expect(find('unasked')?.counts).toMatchObject({
      tuned: { good: 1, of: 2 },
      base: { good: 2, of: 2 },
      human: { good: 2, of: 2 },
    });
    expect(find('unasked')?.details.tuned).toEqual({ kind: 'unasked', values: 3 });
    expect(find('field:tip')?.details.tuned).toMatchObject({ invented: 1, empty: 1 });
    expect(measures.some(({ key }) => /cashier|notes/.test(key))).toBe(false);
  });

  test('rows whose reply is a text are left out of the fields', () => {
    const rows = [row(0, human(null), { tuned: human(null) }), row(1, 'Hello', { tuned: '{}' })];
    expect(measure(rows, 'whole').counts.tuned).toEqual({ good: 1, of: 1 });
    expect(measure(rows, 'field:total').counts.human).toEqual({ good: 1, of: 1 });
  });

  test('each reply is read once, however many fields there are', () => {
    const parse = vi.spyOn(JSON, 'parse');
    const wide = JSON.stringify(
      Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`f${n}`, n])),
    );
    const rows = [row(0, wide, { tuned: wide, base: wide })];
    expect(measureRows(rows, { ...context, trainingReplies: [] }).length).toBeGreaterThan(40);
    // Three replies: whether there are fields, the ideal one, the answer.
    expect(parse.mock.calls.length).toBeLessThanOrEqual(9);
  });
});

describe('what a count could be elsewhere', () => {
  const rows = (groupOf: (n: number) => number) =>
    Array.from({ length: 15 }, (_, n) =>
      row(
        n,
        'It left us on Monday.',
        { tuned: 'It left us today.', base: "I can't help with that." },
        { groupNumber: groupOf(n) },
      ),
    );

  test('is told for every arm, the ideal replies too where they can fail', () => {
    const { couldBe } = measure(
      rows((n) => n),
      'refusals',
    );
    expect(couldBe).toEqual({
      tuned: { atLeast: 78, atMost: 100 },
      base: { atLeast: 0, atMost: 22 },
      human: { atLeast: 78, atMost: 100 },
      base_examples: null,
      nearest: null,
    });
    expect(
      measure(
        rows((n) => n),
        'length',
      ).couldBe,
    ).toMatchObject({ tuned: { atLeast: 78 }, human: null });
  });

  test('goes by groups', () => {
    expect(
      measure(
        rows((n) => Math.floor(n / 3)),
        'refusals',
      ).couldBe.tuned?.atLeast,
    ).toBe(47);
  });
});

test('experts get exact tests for single rows and clustered differences for groups', () => {
  const rows = Array.from({ length: 12 }, (_, n) =>
    row(n, 'It left us.', { tuned: 'It left us today.', base: "I can't help with that." }),
  );
  const key = (list: ReturnType<typeof testMeasures>) => list.find((one) => one.key === 'refusals');
  const single = key(testMeasures(measureRows(rows, context), rows));
  expect(single?.difference.difference).toBe(1);
  expect(single?.pValue).toBeLessThan(0.01);
  const grouped = rows.map((one) => ({ ...one, groupNumber: 1 + Math.floor(one.position / 2) }));
  const clustered = key(testMeasures(measureRows(grouped, context), grouped));
  // Six groups say less than twelve rows, and Holm allows for all that was asked.
  expect(clustered?.pValue).toBeGreaterThan(single?.pValue ?? 1);
  expect(clustered?.pValue).toBeGreaterThanOrEqual(2 * 0.5 ** 6);
  expect(clustered?.difference.clusters).toBe(6);
});
