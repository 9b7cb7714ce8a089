import { diffWordsWithSpace } from 'diff';

export type TextPart = { text: string; kind: 'same' | 'inserted' | 'deleted' };

/** Texts that share almost nothing take long to compare; past either limit both are shown whole. */
const LIMITS = { maxEditLength: 4_000, timeout: 400 };

/** What changed between two texts, word by word. Texts that have nothing in common are replaced whole. */
export function diffTexts(before: string, after: string): TextPart[] {
  if (before === after) return after ? [{ text: after, kind: 'same' }] : [];
  const changes = diffWordsWithSpace(before, after, LIMITS);
  if (!changes) {
    return [
      { text: before, kind: 'deleted' },
      { text: after, kind: 'inserted' },
    ];
  }
  return changes.map(({ value, added, removed }) => ({
    text: value,
    kind: added ? 'inserted' : removed ? 'deleted' : 'same',
  }));
}
