import { describe, expect, test } from 'vitest';
import { compareFields, countOutcomes, fieldsOf, isSameValue } from '@/lib/proofs/measures/fields';
import { processorTimer } from '@/tests/processor-time';

const humanReply = JSON.stringify({
  shop: 'Öl & Söhne',
  date: '2018-03-25',
  total: '1,234.50',
  tax: null,
  items: [{ name: 'Tea', price: 4.5 }],
});
const source = 'ÖL & SÖHNE\n25/03/2018\nTEA 4.50\nTOTAL RM 1234.50\nCASH 1300';
const compare = (answer: unknown) =>
  compareFields({
    answer: typeof answer === 'string' ? answer : JSON.stringify(answer),
    humanReply,
    source,
  });
const outcomes = (answer: unknown) =>
  Object.fromEntries(compare(answer).fields.map((field) => [field.path, field.outcome]));
const right = {
  shop: 'right',
  date: 'right',
  total: 'right',
  tax: 'right',
  'items[0].name': 'right',
  'items[0].price': 'right',
};

describe('compareFields', () => {
  test.each<[string, unknown, object, boolean]>([
    ['the same', humanReply, right, true],
    [
      'other spellings of the same values',
      {
        shop: 'öl & söhne ',
        date: '25 March 2018',
        total: 1234.5,
        items: [{ name: 'TEA', price: '4,50' }],
      },
      right,
      true,
    ],
    [
      'one of each',
      { shop: 'Other', date: '', total: '1234.5', tax: '60', items: [{ name: 'Tea', price: 4.5 }] },
      { ...right, shop: 'wrong', date: 'missed', tax: 'invented' },
      false,
    ],
    [
      'a field that nobody asked for',
      { ...JSON.parse(humanReply), cashier: 'Ann' },
      { ...right, cashier: 'invented' },
      false,
    ],
    [
      'items in another place',
      { ...JSON.parse(humanReply), items: [null, { name: 'Tea', price: 4.5 }] },
      {
        ...right,
        'items[0]': 'right',
        'items[0].name': 'missed',
        'items[0].price': 'missed',
        'items[1].name': 'invented',
        'items[1].price': 'invented',
      },
      false,
    ],
  ])('%s', (_, answer, expected, isWholeExact) => {
    expect(outcomes(answer)).toEqual(expected);
    expect(compare(answer).isWholeExact).toBe(isWholeExact);
    expect(compare(answer).isValidJson).toBe(true);
  });

  test.each([
    '',
    'I cannot do that.',
    '{"shop":',
    `\`\`\`json\n${humanReply}\n\`\`\``,
    '"text"',
    '12',
    'null',
    `${humanReply} ${humanReply}`,
  ])('%s is no valid reply: what was expected is missed', (answer) => {
    const result = compare(answer);
    expect(result).toMatchObject({ isValidJson: false, isWholeExact: false });
    expect(countOutcomes(result.fields)).toEqual({ right: 1, wrong: 0, missed: 5, invented: 0 });
  });

  test('values are looked for in the source as text, amount or date', () => {
    const answer = {
      shop: 'Öl & Söhne',
      date: '2018-03-25',
      total: '1,234.50',
      tax: '77',
      note: 'no',
    };
    const found = Object.fromEntries(compare(answer).fields.map((one) => [one.path, one.inSource]));
    expect(found).toMatchObject({
      shop: true,
      date: true,
      total: true,
      tax: false,
      note: false,
      'items[0].name': null,
    });
  });

  test.each([
    ['50', false],
    ['1234', false],
    ['1 234.50', true],
    ['1300', true],
    ['13', false],
    ['söhne', true],
    ['söhn', false],
    ['tea 4.50', true],
  ])('%s stands in the source: %s', (value, inSource) => {
    expect(compare({ value }).fields.find((one) => one.path === 'value')?.inSource).toBe(inSource);
  });

  test('a name with a point is no path', () => {
    expect(outcomes({ 'items[0].name': 'Tea', 'a.b': '1' })).toMatchObject({
      'items[0].name': 'missed',
      '"items[0].name"': 'invented',
      '"a.b"': 'invented',
    });
  });

  test('a field has one name for all its places in lists', () => {
    const answer = { items: [{ name: 'Tea' }, { name: 'Pie' }], 'a[0]"[1]': [['x']] };
    expect(compare(answer).fields.map(({ path, field }) => [path, field])).toEqual(
      expect.arrayContaining([
        ['items[1].name', 'items[].name'],
        ['"a[0]\\"[1]"[0][0]', '"a[0]\\"[1]"[][]'],
      ]),
    );
    expect([...fieldsOf('{"items":[{"name":1},{"name":2}],"b":null}')]).toEqual([
      'items[].name',
      'b',
    ]);
    expect([...fieldsOf('no fields')]).toEqual([]);
  });

  test('what is too large to compare is wrong, even beside itself', () => {
    for (const reply of [
      JSON.stringify(Array(5_000).fill(1)),
      JSON.stringify({ a: Array(1_500).fill(1), b: Array(1_500).fill(1) }),
      `${'['.repeat(20)}1${']'.repeat(20)}`,
    ]) {
      const result = compareFields({ answer: reply, humanReply: reply, source: '' });
      expect(result).toMatchObject({ isValidJson: true, isWholeExact: false });
    }
  });

  test('names that objects have of their own are fields like any other', () => {
    const answer = '{"__proto__":{"shop":"x"},"constructor":"y"}';
    expect(outcomes(answer)).toMatchObject({
      '__proto__.shop': 'invented',
      constructor: 'invented',
    });
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test.each<[string, string]>([
    ['lists in lists', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
    ['objects in objects', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
    ['a long list', JSON.stringify(Array(100_000).fill('1.1'))],
    ['a long number', `{"a":"${'1'.repeat(200_000)}"}`],
    ['a long almost-date', `{"a":"${'1-'.repeat(100_000)}"}`],
    ['brackets that never close', '[{'.repeat(50_000)],
  ])('%s take bounded time', (_, answer) => {
    const usedTime = processorTimer();
    compare(answer);
    expect(usedTime()).toBeLessThan(3_000);
  });
});

test.each([
  ['1,234.50', '1234.5', true],
  ['RM 9.00', '9', true],
  ['-5.00', '(5.00)', false],
  ['-5.00', '5', false],
  ['−5', '-5.0', true],
  ['$0.00', '-0', true],
  ['2018-03-25', '25/03/2018', true],
  ['2018-03-25T10:00:00Z', '25 Mar 2018', true],
  ['2018-03-25', '2018-03-26', false],
  ['03/04/2018', '2018-04-03', true],
  ['1e3', '1000', false],
  ['ﬁne', 'FINE', true],
  ['a b', 'a  b', true],
  ['a b', 'ab', false],
  ['12', '21', false],
])('%s and %s: the same is %s', (one, other, same) => {
  expect(isSameValue(one, other)).toBe(same);
});
