import { describe, expect, test } from 'vitest';
import {
  looksLikeFields,
  type MeasuredText,
  measureRows,
  testMeasures,
} from '@/lib/proofs/measures-rules';

const row = (
  position: number,
  reply: string,
  texts: Partial<MeasuredText['texts']>,
  over: Partial<MeasuredText> = {},
): MeasuredText => ({
  position,
  groupNumber: position + 1,
  prompt: 'Where is order 4711?',
  reply,
  texts: { base: null, base_examples: null, tuned: null, nearest: null, ...texts },
  ...over,
});
const context = {
  rules: [],
  slots: ['order_number'],
  sources: ['We answer within 24 hours.'],
  trainingReplies: ['It is on its way.'],
  opponent: 'base' as const,
};
const measure = (rows: MeasuredText[], key: string) => {
  const found = measureRows(rows, context).find((one) => one.key === key);
  if (!found) throw new Error(`no ${key}`);
  return found;
};

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
  expect(clustered?.pValue).toBeNull();
  expect(clustered?.difference.clusters).toBe(6);
});
