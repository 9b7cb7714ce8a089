import { expect, test } from 'vitest';
import { compareSlots, keepsSlots } from '@/lib/proofs/measures/slots';
import { processorTimer } from '@/tests/processor-time';

const declared = ['order_number', 'name', 'date'];
const none = { dropped: [], added: [], invented: [], halfOpen: 0 };

test.each([
  ['Hi {{name}}', 'Dear {{name}}', none],
  ['Hi', 'Dear', none],
  ['Hi', 'Dear {{name}}, order {{order_number}}', { ...none, dropped: ['name', 'order_number'] }],
  ['Hi {{name}} on {{date}}', 'Dear {{name}}', { ...none, added: ['date'] }],
  ['Hi {{nmae}}', 'Dear {{name}}', { ...none, dropped: ['name'], invented: ['nmae'] }],
  ['{{voucher}} {{voucher}} {{code}}', '', { ...none, invented: ['voucher', 'code'] }],
  ['Hi {{name', 'Dear {{name}}', { ...none, dropped: ['name'], halfOpen: 1 }],
  ['Hi name}}', 'Dear {{name}}', { ...none, dropped: ['name'], halfOpen: 1 }],
  ['{"a":{"b":1}}', '{"a":{"b":2}}', none],
  ['', '', none],
])('%s for %s', (answer, humanReply, expected) => {
  const changes = compareSlots({ answer, humanReply, declared });
  expect(changes).toEqual(expected);
  expect(keepsSlots(changes)).toBe(expected === none);
});

test('a name that objects have of their own is a name like any other', () => {
  const changes = compareSlots({
    answer: '{{constructor}} {{__proto__}}',
    humanReply: '',
    declared,
  });
  expect(changes.invented).toEqual(['constructor', '__proto__']);
});

test.each(['{', '{{', '}}', '{{a', '{{name}}', '{{bad}} '])(
  'many of %s take linear time',
  (part) => {
    const answer = part.repeat(40_000);
    const usedTime = processorTimer();
    compareSlots({ answer, humanReply: answer, declared });
    expect(usedTime()).toBeLessThan(2_000);
  },
);
