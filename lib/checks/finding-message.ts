import { type ExampleCheckName, textPlaces } from '@/lib/checks/check-example';

/** A finding as it comes from a check or from the database. */
export type FindingToShow = { check: string; detail: unknown };

/** Joins quoted phrases in the reader's language: “a, b or c” (any) or “a, b and c” (all). */
export type FormatList = (phrases: string[], match: 'any' | 'all') => string;

/** A key inside the namespace `checks`, with its values. */
export type FindingMessage = { key: `findings.${string}`; values: Record<string, string | number> };

/** What a finding says to people: translate `key` in the namespace `checks`. */
export function toFindingMessage(finding: FindingToShow, formatList: FormatList): FindingMessage {
  const detail = toDetail(finding.detail);
  const check = finding.check as ExampleCheckName;
  switch (check) {
    case 'banned_phrase':
      return { key: 'findings.banned_phrase', values: { found: oneLine(detail.found) } };
    case 'begins_with':
    case 'ends_with':
      return {
        key: `findings.${check}`,
        values: { texts: formatList(toPhrases(detail.texts), 'any') },
      };
    case 'must_mention': {
      const match = detail.match === 'all' ? 'all' : 'any';
      return {
        key: match === 'all' ? 'findings.must_mention_all' : 'findings.must_mention_any',
        values: { phrases: formatList(toPhrases(detail.phrases), match) },
      };
    }
    case 'length': {
      const isShort = detail.min !== undefined;
      const unit = detail.unit === 'characters' ? 'characters' : 'words';
      return {
        key: `findings.length_${isShort ? 'short' : 'long'}_${unit}`,
        values: { actual: Number(detail.actual), limit: Number(isShort ? detail.min : detail.max) },
      };
    }
    case 'unknown_slot':
      return detail.suggestion === undefined
        ? { key: 'findings.unknown_slot', values: { found: oneLine(detail.found) } }
        : {
            key: 'findings.misspelt_slot',
            values: { found: oneLine(detail.found), suggestion: `{{${detail.suggestion}}}` },
          };
    case 'half_open_slot':
      return { key: 'findings.half_open_slot', values: { found: oneLine(detail.found) } };
    case 'hidden_character':
      return hiddenMessage(detail);
    default:
      check satisfies never;
      return { key: 'findings.other', values: {} };
  }
}

function hiddenMessage(detail: Detail): FindingMessage {
  const values = {
    place: textPlaces.find((place) => place === detail.place) ?? 'reply',
    count: Number(detail.count ?? 1),
    codes: toPhrases(detail.codes).join(', '),
  };
  return detail.words === undefined
    ? { key: 'findings.hidden_character', values }
    : { key: 'findings.hidden_words', values: { ...values, words: oneLine(detail.words) } };
}

type Detail = Record<string, string | number | undefined>;

function toDetail(detail: unknown): Detail {
  return typeof detail === 'object' && detail !== null ? (detail as Detail) : {};
}

const toPhrases = (value: string | number | undefined) =>
  value === undefined ? [] : String(value).split('\n');

const oneLine = (value: string | number | undefined) =>
  String(value ?? '')
    .replace(/\s+/gu, ' ')
    .trim();
