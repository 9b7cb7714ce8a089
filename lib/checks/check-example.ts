import {
  type BriefForChecks,
  type CheckFinding,
  type CheckName,
  checkContent,
} from '@/lib/checks/check-content';
import type { DraftContent } from '@/lib/examples/content';
import { findHiddenCharacters, wordsOfTags } from '@/lib/hidden-characters';

/** The texts of an example; those before its last message are looked at as one. */
export const textPlaces = ['system', 'turns', 'prompt', 'reply'] as const;
export type TextPlace = (typeof textPlaces)[number];

/** Every kind of finding about an example: what its brief says of its reply, and what hides in its texts. */
export type ExampleCheckName = CheckName | 'hidden_character';
export type ExampleFinding = Omit<CheckFinding, 'check'> & { check: ExampleCheckName };

/** Kinds of characters past this many say nothing new. */
const MAX_CODES = 5;

/**
 * Checks all texts of an example, for people who write and review: the rules of the brief about
 * the reply, and characters that nobody sees in any text. These are warnings of no rule, and not
 * part of `checkContent`: a model's answer is judged by the rules of the brief alone.
 */
export function checkExample(brief: BriefForChecks, content: DraftContent): ExampleFinding[] {
  return [...checkContent(brief, content), ...findHiddenTexts(content).map(toFinding)];
}

/** What hides in one of an example's texts. */
export type HiddenText = {
  place: TextPlace;
  count: number;
  /** The different characters, in the order in which they come. */
  codes: string[];
  /** What tags among them spell; mostly nothing. */
  words: string;
  /** Where the first stands, in UTF-16 code units; absent where several texts are one. */
  first: { start: number; end: number } | null;
};

/** The texts of an example in which something hides. Linear. */
export function findHiddenTexts(content: DraftContent): HiddenText[] {
  return textPlaces.flatMap((place) => {
    const texts = textsAt(content, place);
    const found = texts.flatMap((text) =>
      findHiddenCharacters(text).map((one) => ({ ...one, text: text.slice(one.start, one.end) })),
    );
    const [first] = found;
    if (!first) return [];
    const { start, end } = first;
    return [
      {
        place,
        count: found.length,
        codes: [...new Set(found.map(({ code }) => code))],
        words: wordsOfTags(found.map(({ text }) => text).join('')),
        first: place === 'turns' ? null : { start, end },
      },
    ];
  });
}

function textsAt({ system, messages, reply }: DraftContent, place: TextPlace): string[] {
  switch (place) {
    case 'system':
      return system === undefined ? [] : [system];
    case 'turns':
      return messages.slice(0, -1).map((message) => message.content);
    case 'prompt':
      return messages.slice(-1).map((message) => message.content);
    case 'reply':
      return [reply];
    default:
      throw new Error(`no text at ${place satisfies never}`);
  }
}

function toFinding({ place, count, codes, words, first }: HiddenText): ExampleFinding {
  const shown = codes.length > MAX_CODES ? [...codes.slice(0, MAX_CODES), '…'] : codes;
  return {
    check: 'hidden_character',
    ruleId: null,
    severity: 'warning',
    // Spans are places in the reply.
    spanStart: place === 'reply' ? (first?.start ?? null) : null,
    spanEnd: place === 'reply' ? (first?.end ?? null) : null,
    detail: {
      place,
      count,
      codes: shown.join('\n'),
      ...(words === '' ? {} : { words }),
    },
  };
}
