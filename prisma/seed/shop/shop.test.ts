import { expect, test } from 'vitest';
import { checkContent } from '@/lib/checks/check-content';
import { houseRulesSchema } from '@/lib/checks/rule-schema';
import { jaccard, shingles } from '@/lib/releases/near-duplicates';
import { place } from '@/lib/releases/placement';
import { approvedExamples, sampleBrief, sampleExamples, styleTask } from '@/prisma/seed/shop';
import type { SampleBrief, SampleExample, SampleState } from '@/prisma/seed/shop/ticket';

/** The threshold from which the app takes two prompts for the same; see lib/releases/near-duplicates. */
const NEAR = 0.7;

const briefOf = ({ rules, slots }: SampleBrief) => ({
  slots,
  rules: houseRulesSchema.parse(
    rules.map((rule, index) => ({
      ...rule,
      id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    })),
  ),
});

const broken = (examples: readonly SampleExample[], brief: SampleBrief) =>
  examples.flatMap((example) =>
    checkContent(briefOf(brief), example).map(({ check }) => `${check}: ${example.prompt}`),
  );

const inState = (state: SampleState) => sampleExamples.filter((one) => one.state === state);

/** How many rows and groups each split gets, for a seed of the placement. */
function placedAs(examples: readonly SampleExample[], seed: string) {
  const { placed, keys, refusal } = place(
    examples.map(({ group, prompt }, index) => ({
      id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      groupKey: group,
      promptText: prompt,
      derivedFromId: null,
      split: null,
      eligible: true,
      seenAt: null,
      isSpent: false,
    })),
    seed,
  );
  expect(refusal).toBeNull();
  const rows = { training: 0, validation: 0, held_out: 0 };
  for (const split of placed.values()) rows[split] += 1;
  return { rows, keys };
}

test('the voice has at least four rules, and every approved reply keeps all of them', () => {
  expect(sampleBrief.rules.length).toBeGreaterThanOrEqual(4);
  expect(broken(approvedExamples, sampleBrief)).toEqual([]);
});

test('there are examples in every state, and some of the unfinished ones show findings', () => {
  expect(inState('approved').length).toBeGreaterThanOrEqual(150);
  expect(new Set(inState('approved').map(({ group }) => group)).size).toBeGreaterThanOrEqual(60);
  for (const [state, least] of [
    ['in_review', 10],
    ['sent_back', 5],
    ['draft', 10],
    ['retired', 3],
  ] as const) {
    expect(inState(state).length, state).toBeGreaterThanOrEqual(least);
  }
  for (const state of ['in_review', 'sent_back', 'draft'] as const)
    expect(broken(inState(state), sampleBrief).length, state).toBeGreaterThanOrEqual(2);
});

test('what was sent back says why, and nothing else does', () => {
  for (const { state, reason, prompt } of sampleExamples)
    expect(Boolean(reason?.trim()), prompt).toBe(state === 'sent_back');
});

test('no two tickets ask nearly the same, and no reply stands twice', () => {
  const prompts = sampleExamples.map(({ prompt }) => shingles(prompt));
  const near = sampleExamples.flatMap((one, a) =>
    sampleExamples
      .slice(0, a)
      .filter((other, b) => {
        if (one.group === other.group) return false;
        return jaccard(prompts[a] as Uint32Array, prompts[b] as Uint32Array) >= NEAR;
      })
      .map((other) => `${one.prompt} | ${other.prompt}`),
  );
  expect(near).toEqual([]);
  expect(new Set(sampleExamples.map(({ reply }) => reply)).size).toBe(sampleExamples.length);
});

test.each(['one', 'two', 'three', 'four', 'five'])(
  'a release of all of it (seed %s) holds out at least 30 mails',
  (seed) => {
    const { rows, keys } = placedAs(approvedExamples, seed);
    expect(rows.held_out).toBeGreaterThanOrEqual(30);
    expect(keys.held_out).toBeGreaterThanOrEqual(20);
    expect(rows.validation).toBeGreaterThanOrEqual(20);
  },
);

test('replies are short, and some hold slots', () => {
  const words = approvedExamples.map(({ reply }) => reply.split(/\s+/u).length);
  expect(Math.max(...words)).toBeLessThanOrEqual(60);
  expect(
    approvedExamples.filter(({ reply }) => reply.includes('{{')).length,
  ).toBeGreaterThanOrEqual(10);
});

test('the planted style task: four rules, kept by all of its examples, 120 of them to train on', () => {
  expect(styleTask.rules).toHaveLength(4);
  expect(broken(styleTask.examples, styleTask)).toEqual([]);
  const { rows } = placedAs(styleTask.examples, 'seed');
  expect(rows.training).toBeGreaterThanOrEqual(118);
  expect(rows.training).toBeLessThanOrEqual(122);
});

test('nobody but the writer wrote for more than two topics, so that others are left to vote', () => {
  const written = (person: string) =>
    new Set(sampleExamples.flatMap(({ author, topic }) => (author === person ? [topic] : [])));
  const topics = new Set(approvedExamples.map(({ topic }) => topic));
  expect(topics.size).toBeGreaterThanOrEqual(10);
  expect(written('reviewer').size).toBe(2);
  expect(written('admin').size).toBe(0);
});
