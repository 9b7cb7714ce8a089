import { expect, test } from 'vitest';
import { replySchema } from '@/lib/proofs/reply-schema';

const json = (...values: unknown[]) => values.map((value) => JSON.stringify(value));

test.each<[string, string[]]>([
  ['there are none', []],
  ['they are texts', ['We are on it.', 'Soon.']],
  ['one of them is a text', [...json({ total: '1.00' }), 'No total.']],
  ['they are lists', json([1], [2])],
  ['they are values', json('a', 1, null)],
  [
    'every one has fields of its own',
    json(...Array.from({ length: 900 }, (_, n) => ({ [`field-${n}`]: 'x' }))),
  ],
])('replies have no shape where %s', (_, replies) => {
  expect(replySchema(replies)).toBeNull();
});

test('the shape names every field, asks for those that always stand, and closes every object', () => {
  const schema = replySchema(
    json(
      { company: 'Quay', total: '9.00', items: [{ name: 'rope', price: 9 }] },
      { company: 'Pier', total: null, items: [{ name: 'oar', price: 4.5, note: 'left' }] },
      { company: 'Dock', total: '1.00', items: [], date: '2026-01-02' },
    ),
  );
  expect(schema).toMatchObject({
    type: 'object',
    required: ['company', 'total', 'items'],
    additionalProperties: false,
    properties: {
      company: { type: 'string' },
      date: { type: 'string' },
      items: { type: 'array', items: { type: 'object', additionalProperties: false } },
    },
  });
  expect(Object.keys((schema?.properties ?? {}) as object)).toEqual([
    'company',
    'total',
    'items',
    'date',
  ]);
  expect(JSON.stringify(schema)).toContain('"null"');
});
