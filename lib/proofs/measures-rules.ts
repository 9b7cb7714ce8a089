import { checkContent, passes } from '@/lib/checks/check-content';
import type { HouseRule } from '@/lib/checks/rule-schema';
import { normaliseText } from '@/lib/examples/content';
import { ungroundedFacts } from '@/lib/proofs/measures/facts';
import { compareFields, readObject } from '@/lib/proofs/measures/fields';
import { lengthOf } from '@/lib/proofs/measures/length';
import { isRefusal } from '@/lib/proofs/measures/refusals';
import { compareSlots, keepsSlots } from '@/lib/proofs/measures/slots';
import type { ProofArm } from '@/lib/proofs/proof-schema';
import { type ClusteredDifference, clusteredDifference } from '@/lib/proofs/statistics/clustered';
import { exactMcNemar } from '@/lib/proofs/statistics/exact';
import { holmAdjust } from '@/lib/proofs/statistics/holm';

/** Whether a reply is one JSON object: then it has fields. */
export const looksLikeFields = (reply: string): boolean => readObject(reply) !== null;

export const measuredArms = ['base', 'base_examples', 'tuned', 'nearest', 'human'] as const;
export type MeasuredArm = (typeof measuredArms)[number];

/** A row of the table: how many replies of each arm do well, and what changed row by row. */
export type MeasureRow = {
  /** every, slots, facts, copies, refusals, length, whole, rule:<id>, field:<path> */
  key: string;
  counts: Record<MeasuredArm, { good: number; of: number } | null>;
  /** Positions of the rows that tuned does better, as well, worse than the opponent. */
  improved: number[];
  unchanged: number[];
  broken: number[];
};

export type MeasuredText = {
  position: number;
  groupNumber: number;
  prompt: string;
  reply: string;
  texts: Record<ProofArm, string | null>;
};

type Measure = { key: string; good: (text: string, row: MeasuredText) => boolean };

type Context = {
  rules: readonly HouseRule[];
  slots: readonly string[];
  /** System prompt and guidelines: what an answer may take facts from, beside the prompt. */
  sources: readonly string[];
  trainingReplies: readonly string[];
  opponent: ProofArm;
};

/** Shorter than half or longer than twice the human reply. */
function hasFittingLength(text: string, human: string): boolean {
  const [own, other] = [lengthOf(text).words, lengthOf(human).words];
  return other === 0 || (own * 2 >= other && own <= other * 2);
}

function measuresOf(context: Context, rows: readonly MeasuredText[]): Measure[] {
  const brief = { rules: [...context.rules], slots: [...context.slots] };
  // Only whole replies are looked for here, so that a release of any size is counted at once.
  const known = new Set(context.trainingReplies.map(normaliseText));
  const fieldPaths = new Set(
    rows.flatMap((row) =>
      looksLikeFields(row.reply)
        ? compareFields({
            answer: row.reply,
            humanReply: row.reply,
            source: row.prompt,
          }).fields.map((field) => field.path)
        : [],
    ),
  );
  const isRight = (path: string) => (text: string, row: MeasuredText) =>
    compareFields({ answer: text, humanReply: row.reply, source: row.prompt }).fields.some(
      (field) => field.path === path && field.outcome === 'right',
    );
  return [
    { key: 'every', good: (text) => passes(checkContent(brief, { reply: text })) },
    ...context.rules.map((rule) => ({
      key: `rule:${rule.id}`,
      good: (text: string) =>
        checkContent({ rules: [rule], slots: brief.slots }, { reply: text }).every(
          (finding) => finding.ruleId !== rule.id,
        ),
    })),
    ...(fieldPaths.size > 0
      ? [
          {
            key: 'whole',
            good: (text: string, row: MeasuredText) =>
              compareFields({ answer: text, humanReply: row.reply, source: row.prompt })
                .isWholeExact,
          },
          ...[...fieldPaths].map((path) => ({ key: `field:${path}`, good: isRight(path) })),
        ]
      : []),
    ...(context.slots.length > 0
      ? [
          {
            key: 'slots',
            good: (answer: string, row: MeasuredText) =>
              keepsSlots(compareSlots({ answer, humanReply: row.reply, declared: context.slots })),
          },
        ]
      : []),
    {
      key: 'facts',
      good: (text, row) => ungroundedFacts(text, [row.prompt, ...context.sources]).length === 0,
    },
    { key: 'copies', good: (text) => !known.has(normaliseText(text)) },
    { key: 'length', good: (text, row) => hasFittingLength(text, row.reply) },
    { key: 'refusals', good: (text) => !isRefusal(text) },
  ];
}

/** Every measure over the given rows, counted for each arm and the human replies. */
export function measureRows(rows: readonly MeasuredText[], context: Context): MeasureRow[] {
  return measuresOf(context, rows).map(({ key, good }) => {
    const held = (arm: MeasuredArm) =>
      rows.map((row) => {
        const text = arm === 'human' ? row.reply : row.texts[arm];
        return text === null ? null : good(text, row);
      });
    const byArm = {
      base: held('base'),
      base_examples: held('base_examples'),
      tuned: held('tuned'),
      nearest: held('nearest'),
      human: held('human'),
    };
    const count = (arm: MeasuredArm) => {
      const found = byArm[arm].filter((one) => one !== null);
      return found.length === 0 ? null : { good: found.filter(Boolean).length, of: found.length };
    };
    const change = (wanted: number) =>
      rows.flatMap((row, index) => {
        const [tuned, other] = [byArm.tuned[index], byArm[context.opponent][index]];
        if (typeof tuned !== 'boolean' || typeof other !== 'boolean') return [];
        return Math.sign(Number(tuned) - Number(other)) === wanted ? [row.position] : [];
      });
    return {
      key,
      counts: {
        base: count('base'),
        base_examples: count('base_examples'),
        tuned: count('tuned'),
        nearest: count('nearest'),
        human: count('human'),
      },
      improved: change(1),
      unchanged: change(0),
      broken: change(-1),
    };
  });
}

/** What an expert asks of a row of the table: how large the difference is, and whether it could be chance. */
export type MeasureTest = {
  key: string;
  difference: ClusteredDifference;
  /** Exact McNemar, adjusted by Holm over all rows; null where groups have several rows. */
  pValue: number | null;
};

/** Tests every measure, tuned against the opponent, paired by example. */
export function testMeasures(
  measures: readonly MeasureRow[],
  rows: readonly MeasuredText[],
): MeasureTest[] {
  const groupOf = new Map(rows.map((row) => [row.position, String(row.groupNumber)]));
  const isClustered = new Set(groupOf.values()).size < rows.length;
  const pairs = (positions: readonly number[], difference: number) =>
    positions.map((position) => ({ cluster: groupOf.get(position) ?? '', difference }));
  const pValues = isClustered
    ? null
    : holmAdjust(
        measures.map(({ improved, broken }) => exactMcNemar(improved.length, broken.length)),
      );
  return measures.map(({ key, improved, unchanged, broken }, index) => ({
    key,
    difference: clusteredDifference([
      ...pairs(improved, 1),
      ...pairs(unchanged, 0),
      ...pairs(broken, -1),
    ]),
    pValue: pValues?.[index] ?? null,
  }));
}
