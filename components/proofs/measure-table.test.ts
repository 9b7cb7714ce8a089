import { createElement } from 'react';
import { expect, test } from 'vitest';
import { MeasureTable } from '@/components/proofs/measure-table';
import type { MeasuredText } from '@/lib/proofs/measures/readings';
import { measureRows } from '@/lib/proofs/measures-rules';
import type { ResultPart } from '@/lib/proofs/result-queries';
import { markupOf, wordsOf } from '@/tests/rendered';

const receipt = (tax: string | null) =>
  JSON.stringify(tax === null ? { total: '5' } : { total: '5', tax });

/** Receipts of which the first three have a tax. */
const rows = (answer: (number: number) => string | null): MeasuredText[] =>
  Array.from({ length: 15 }, (_, n) => ({
    position: n,
    groupNumber: n,
    prompt: 'Tax 1.50, total 5',
    system: null,
    reply: receipt(n < 3 ? '1.50' : null),
    texts: { base: null, base_examples: null, tuned: answer(n), nearest: null },
  }));

const context = {
  rules: [],
  slots: [],
  systemPrompt: '',
  guidelines: '',
  trainingReplies: ['It is on its way.'],
  candidate: 'tuned' as const,
  opponent: 'base' as const,
};

/** The cells of the row with this name as a reader sees them, tags taken away. */
function rowNamed(texts: readonly MeasuredText[], name: string): string[] {
  const part = { part: 'fresh', measures: measureRows(texts, context) } as unknown as ResultPart;
  const page = markupOf(
    createElement(MeasureTable, { base: '/w/shop/proofs/1', part, pair: context, rules: [] }),
  );
  const row = page.split('<tr').find((one) => one.includes(`>${name}<`));
  if (!row) throw new Error(`no ${name}`);
  return row
    .split(/<t[hd]\b/)
    .slice(1)
    .map((cell) => wordsOf(`<${cell}`));
}

test('what became of each value of a field is told for every arm and the ideal replies', () => {
  const [name, base, , tuned] = rowNamed(
    rows((n) => receipt(['1.5', '9.99', null, '1.50', '77'][n] ?? null)),
    'Field tax',
  );
  expect(name).toContain(
    'Tuned model 11 right (10 rightly empty), 1 wrong, 1 missed, 2 invented; 2 of 4 written values stand in the prompt',
  );
  expect(name).toContain(
    'Ideal replies 15 right (12 rightly empty), 0 wrong, 0 missed, 0 invented; 3 of 3 written values stand in the prompt',
  );
  expect(name).not.toContain('Base model');
  expect(base).toBe('–');
  expect(tuned).toContain('11 of 15');
});

test('fields that nobody asked for have a row of their own', () => {
  const [name, , , tuned] = rowNamed(
    rows((n) => JSON.stringify({ total: '5', ...(n < 2 ? { cashier: 'Ann', till: n } : {}) })),
    'No field that nobody asked for',
  );
  expect(name).toContain('Tuned model 4 values under such names');
  expect(name).toContain('Ideal replies no such value');
  expect(tuned).toContain('13 of 15');
});

test('under a count stands what it could be elsewhere, in natural frequencies', () => {
  const [, , , tuned, , human] = rowNamed(
    rows(() => receipt(null)),
    'Document wholly right',
  );
  expect(tuned).toBe('12 of 15 could be as low as 51 of 100');
  expect(human).toBe('15 of 15');
  const [, , , declining] = rowNamed(
    rows(() => "I can't help with that."),
    'Does not decline to answer',
  );
  expect(declining).toBe('0 of 15 could be as high as 22 of 100');
  const [, , , answering] = rowNamed(
    rows(() => receipt(null)),
    'Does not decline to answer',
  );
  expect(answering).toBe('15 of 15 could be as low as 78 of 100');
});

test('copies tell the longest run from a training reply, lengths their median beside people’s', () => {
  const answers = rows((n) => (n === 0 ? 'Yes, it is on its road.' : 'Yes'));
  const texts = answers.map((row) => ({ ...row, reply: 'It left us on Monday, at noon.' }));
  const [copies] = rowNamed(texts, 'No training reply word for word');
  expect(copies).toContain('Tuned model at most 4 words in a row from a training reply');
  expect(copies).toContain('Ideal replies at most 1 word in a row from a training reply');
  const [length] = rowNamed(texts, 'Between half and twice the ideal length');
  expect(length).toContain(
    'Tuned model median 1 word; 14 shorter than half, 0 longer than twice the ideal reply',
  );
  expect(length).toContain('Ideal replies median 7 words; 0 shorter than half');
});
