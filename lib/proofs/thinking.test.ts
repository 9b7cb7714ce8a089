import { expect, test } from 'vitest';
import { withoutThinking } from '@/lib/proofs/thinking';

test.each([
  ['<think>I am the tuned one.</think>It is on its way.', 'It is on its way.'],
  ['<THINKING>\nlong\n</THINKING>\n\nIt is on its way.', 'It is on its way.'],
  ['It is<think>one</think> on<think>two</think> its way.', 'It is on its way.'],
  ['<think>cut off at the limit', ''],
  ['I think so.', 'I think so.'],
  ['  It is on its way.\n', 'It is on its way.'],
])('%j is seen as %j', (answer, seen) => {
  expect(withoutThinking(answer)).toBe(seen);
});
