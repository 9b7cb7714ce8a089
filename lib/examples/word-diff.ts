import { diffWordsWithSpace } from 'diff';

export type WordPart = { text: string; kind: 'same' | 'inserted' | 'deleted' };

/** Texts that differ in more words than this count as replaced whole; comparing them takes too long. */
const MAX_EDITS = 4_000;

/** What changed from one text to another, word by word. */
export function diffWords(before: string, after: string): WordPart[] {
  if (before === after) return after ? [{ text: after, kind: 'same' }] : [];
  const changes = diffWordsWithSpace(before, after, { maxEditLength: MAX_EDITS });
  if (!changes)
    return [
      { text: before, kind: 'deleted' as const },
      { text: after, kind: 'inserted' as const },
    ].filter((part) => part.text !== '');
  return changes.map((change) => ({
    text: change.value,
    kind: change.added ? 'inserted' : change.removed ? 'deleted' : 'same',
  }));
}
