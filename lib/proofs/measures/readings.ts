import { type CheckFinding, checkContent } from '@/lib/checks/check-content';
import type { HouseRule } from '@/lib/checks/rule-schema';
import { briefInWords } from '@/lib/proofs/brief-in-words';
import { type DocumentReading, readDocument } from '@/lib/proofs/measures/documents';
import { type Grounds, groundsOf, ungroundedFacts } from '@/lib/proofs/measures/facts';
import { readObject } from '@/lib/proofs/measures/fields';
import { type AnswerLength, compareLength } from '@/lib/proofs/measures/length';
import { isRefusal } from '@/lib/proofs/measures/refusals';
import { compareSlots, type SlotChanges } from '@/lib/proofs/measures/slots';
import type { ProofArm } from '@/lib/proofs/proof-schema';

export const measuredArms = ['base', 'base_examples', 'tuned', 'nearest', 'human'] as const;
export type MeasuredArm = (typeof measuredArms)[number];
export type ByMeasuredArm<T> = Record<MeasuredArm, T>;

export const byMeasuredArm = <T>(value: (arm: MeasuredArm) => T): ByMeasuredArm<T> => ({
  base: value('base'),
  base_examples: value('base_examples'),
  tuned: value('tuned'),
  nearest: value('nearest'),
  human: value('human'),
});

export type MeasuredText = {
  position: number;
  groupNumber: number;
  prompt: string;
  /** The example's own system message, which stands in for that of the brief. */
  system: string | null;
  reply: string;
  texts: Record<ProofArm, string | null>;
};

export type MeasureContext = {
  systemPrompt: string;
  guidelines: string;
  rules: readonly HouseRule[];
  slots: readonly string[];
  trainingReplies: readonly string[];
  /** Whose answers are compared row by row, and with whose. */
  candidate: ProofArm;
  opponent: ProofArm;
};

/** What is read off one reply, once for every measure. */
export type Reading = {
  text: string;
  findings: readonly CheckFinding[];
  /** Null where the ideal reply has no fields. */
  document: DocumentReading | null;
  slots: SlotChanges;
  hasUngroundedFacts: boolean;
  length: AnswerLength;
  isRefusal: boolean;
};

/** Whether a reply is one JSON object: then it has fields. */
export const looksLikeFields = (reply: string): boolean => readObject(reply) !== null;

/** Reads the answers of every arm and the human reply of each row; null where there is no answer. */
export function readReplies(
  rows: readonly MeasuredText[],
  context: MeasureContext,
): ByMeasuredArm<Reading | null>[] {
  const brief = { rules: [...context.rules], slots: [...context.slots] };
  const read = (row: MeasuredText, text: string, grounds: Grounds): Reading => ({
    text,
    findings: checkContent(brief, { reply: text }),
    document: looksLikeFields(row.reply)
      ? readDocument({ answer: text, humanReply: row.reply, source: row.prompt })
      : null,
    slots: compareSlots({ answer: text, humanReply: row.reply, declared: context.slots }),
    hasUngroundedFacts: ungroundedFacts(text, grounds).length > 0,
    length: compareLength(text, row.reply),
    isRefusal: isRefusal(text),
  });
  return rows.map((row) => {
    const grounds = groundsOf(sourcesOf(row, context));
    return byMeasuredArm((arm) => {
      const text = arm === 'human' ? row.reply : row.texts[arm];
      return text === null ? null : read(row, text, grounds);
    });
  });
}

/**
 * What an answer may take facts from: its prompt, and the brief with everything that the best
 * instructions hold. A closing with a telephone number that a house rule asks for is no invention.
 */
const sourcesOf = ({ prompt, system }: MeasuredText, context: MeasureContext): string[] => [
  prompt,
  briefInWords(system ?? context.systemPrompt, context),
];
