/** One thing to look for: the number of an example, a short word, or a piece of text. */
export type SearchTerm =
  | { kind: 'number'; number: number }
  | { kind: 'word'; word: string }
  | { kind: 'text'; text: string };

const MAX_TERMS = 10;
/** Trigram indexes know nothing shorter. */
const SHORTEST_TEXT = 3;

/**
 * The terms of a search: words apart, "a phrase" together, #12 by number. All must match.
 * A term of one or two letters matches the beginning of a word, a longer one any piece of text.
 */
export function parseSearch(query: string): SearchTerm[] {
  const terms: SearchTerm[] = [];
  for (const match of query.matchAll(/["“”„]([^"“”„]+)["“”„]|#(\d{1,9})(?!\S)|[^\s"“”„]+/gu)) {
    const [whole, phrase, number] = match;
    if (number) terms.push({ kind: 'number', number: Number.parseInt(number, 10) });
    else terms.push(toTerm((phrase ?? whole).trim()));
  }
  return terms.filter((term) => term.kind !== 'text' || term.text !== '').slice(0, MAX_TERMS);
}

function toTerm(text: string): SearchTerm {
  const isShortWord = [...text].length < SHORTEST_TEXT && /^[\p{L}\p{N}]+$/u.test(text);
  return isShortWord ? { kind: 'word', word: text.toLowerCase() } : { kind: 'text', text };
}

/** A pattern for ILIKE that matches the text itself anywhere. */
export function likePattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
