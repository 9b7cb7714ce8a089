import { describe, expect, test } from 'vitest';
import { promptMaker, type TrainingExample } from '@/lib/proofs/answer-rows';

const training = (n: number, prompt: string): TrainingExample => ({
  exampleId: `t${n}`,
  content: { messages: [{ role: 'user', content: prompt }], reply: `Reply ${n}.` },
  prompt,
});
const examples = [
  training(1, 'Where is my parcel?'),
  training(2, 'The saddle is broken.'),
  training(3, 'Where is my parcel with the saddle?'),
  training(4, 'Please send an invoice.'),
];
const brief = { systemPrompt: 'You answer mails.', guidelines: 'Be kind.', rules: [], slots: [] };
const asked = {
  exampleId: 'h1',
  content: {
    messages: [{ role: 'user' as const, content: 'Where is my parcel now?' }],
    reply: 'On its way.',
  },
};
const make = (limit = 1_000, countTokens = (messages: object[]) => messages.length) =>
  promptMaker({ training: examples, brief, countTokens, limit });
const arms = ['base', 'base_examples', 'tuned'] as const;

describe('the prompts of the arms', () => {
  test('base and tuned get what a training row has, from their own model', () => {
    const { rows } = make()(asked, arms);
    expect(rows.map((row) => [row.id, row.model])).toEqual([
      ['h1:base', 'base'],
      ['h1:base_examples', 'base'],
      ['h1:tuned', 'tuned'],
    ]);
    const plain = [{ role: 'system', content: 'You answer mails.' }, ...asked.content.messages];
    expect(rows[0]?.prompt).toEqual(plain);
    expect(rows[2]?.prompt).toEqual(plain);
  });

  test('the base with examples gets the brief in words and the nearest training examples, the nearest last', () => {
    const { rows, nearest } = make()(asked, arms);
    expect(nearest.map((one) => one.exampleId)).toEqual(['t1', 't3', 't2']);
    const prompt = rows[1]?.prompt ?? [];
    expect(prompt[0]?.content).toContain('Guidelines:\nBe kind.');
    expect(prompt.slice(1).map((message) => message.content)).toEqual([
      'The saddle is broken.',
      'Reply 2.',
      'Where is my parcel with the saddle?',
      'Reply 3.',
      'Where is my parcel?',
      'Reply 1.',
      'Where is my parcel now?',
    ]);
  });

  test('shows fewer examples where the model could not take all, the farthest left out first', () => {
    const { shown, rows } = make(6)(asked, arms);
    expect(shown.map((one) => one.exampleId)).toEqual(['t1', 't3']);
    expect(rows[1]?.prompt).toHaveLength(6);
    expect(make(1)(asked, arms).shown).toEqual([]);
  });

  test('an example with a system message of its own keeps it', () => {
    const own = { ...asked, content: { ...asked.content, system: 'Be brief.' } };
    const { rows } = make()(own, arms);
    expect(rows.map((row) => row.prompt[0]?.content.startsWith('Be brief.'))).toEqual([
      true,
      true,
      true,
    ]);
  });
});
