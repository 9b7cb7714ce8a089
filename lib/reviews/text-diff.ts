import { diffWordsWithSpace } from 'diff';

export type TextPart = { text: string; kind: 'same' | 'inserted' | 'deleted' };

/** Past this many differing words the whole text counts as replaced. */
const MAX_EDITS = 4_000;

/** What changed between two texts, word by word. Texts that have nothing in common are replaced whole. */
export function diffTexts(before: string, after: string): TextPart[] {
  if (before === after) return after ? [{ text: after, kind: 'same' }] : [];
  const changes = diffWordsWithSpace(before, after, { maxEditLength: MAX_EDITS });
  if (!changes) {
    return [
      { text: before, kind: 'deleted' },
      { text: after, kind: 'inserted' },
    ];
  }
  return changes.map((change) => ({
    text: change.value,
    kind: change.added ? 'inserted' : change.removed ? 'deleted' : 'same',
  }));
}
