/** A text as checks compare it, with the way back to the original. */
export type FoldedText = {
  text: string;
  /** Original UTF-16 offset where the chunk that made folded unit `i` begins. */
  starts: Uint32Array;
  /** Original UTF-16 offset where that chunk ends. */
  ends: Uint32Array;
};

/**
 * Longest run that is normalised as one. Past it (a hostile pile of combining marks) the run is
 * cut, as the Stream-Safe Text Format of UAX #15 does, so that the time stays linear.
 */
const MAX_CHUNK = 64;

const space = /^\s$/u;
const ignorable = /^\p{Default_Ignorable_Code_Point}$/u;
const mark = /^\p{M}$/u;
const foldedCodePoints = new Map<string, string>();

/** Joins what NFKC may compose with the character before it: marks, Hangul vowels and finals. */
function continues(character: string): boolean {
  const code = character.codePointAt(0) as number;
  if (code < 0x300) return false;
  return (
    mark.test(character) ||
    (code >= 0x1160 && code <= 0x11ff) ||
    (code >= 0x3131 && code <= 0x318e) ||
    (code >= 0xff9e && code <= 0xffdc)
  );
}

/** Full case folding by way of upper case (ß and SS meet); the dotless ı stays a letter of its own. */
const foldCase = (text: string) =>
  text
    .replace(/[^ı]+/gu, (part) => part.toUpperCase().toLowerCase())
    .replaceAll('ς', 'σ')
    .normalize('NFKC');

function foldChunk(chunk: string): string {
  const plain = chunk.normalize('NFKC').replace(/\p{Default_Ignorable_Code_Point}/gu, '');
  return foldCase(plain)
    .replace(/\s+/gu, ' ')
    .replace(/[‘’‛ʼ]/gu, "'")
    .replace(/[“”„‟]/gu, '"')
    .replace(/\u2010/gu, '-');
}

/** Like foldChunk, remembered for single characters. */
function foldCached(chunk: string): string {
  const known = foldedCodePoints.get(chunk);
  if (known !== undefined) return known;
  const folded = foldChunk(chunk);
  if (chunk.length <= 2 && foldedCodePoints.size < 20_000) foldedCodePoints.set(chunk, folded);
  return folded;
}

/** The chunks of a text that are folded one by one: a character with what belongs to it. */
function* chunks(text: string): Generator<{ start: number; end: number }> {
  let start = 0;
  let at = 0;
  for (const character of text) {
    const joins = at > start && continues(character) && at - start < MAX_CHUNK;
    if (at > start && !joins) {
      yield { start, end: at };
      start = at;
    }
    at += character.length;
  }
  if (at > start) yield { start, end: at };
}

/**
 * NFKC, full case folding, invisible characters left out, white space and typographic quotes made
 * plain. Linear in the length of the text.
 */
export function foldText(original: string): FoldedText {
  const parts: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let inSpace = false;
  for (const { start, end } of chunks(original)) {
    const chunk = original.slice(start, end);
    if (ignorable.test(chunk)) continue;
    const isSpace = space.test(chunk);
    if (isSpace && inSpace) {
      ends[ends.length - 1] = end;
      continue;
    }
    inSpace = isSpace;
    const folded = isSpace ? ' ' : foldCached(chunk);
    parts.push(folded);
    for (let unit = 0; unit < folded.length; unit += 1) {
      starts.push(start);
      ends.push(end);
    }
  }
  return { text: parts.join(''), starts: Uint32Array.from(starts), ends: Uint32Array.from(ends) };
}

/** What a phrase of a rule is compared as. */
export function foldPhrase(phrase: string): string {
  return foldText(phrase.trim()).text;
}

const wordCharacter = /[\p{L}\p{N}\p{M}_]/u;
/** Scripts that are written without spaces: between their letters any place may be a boundary. */
const spaceless =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

function characterBefore(text: string, at: number): string {
  const unit = text.charCodeAt(at - 1);
  const isLow = unit >= 0xdc00 && unit <= 0xdfff;
  return isLow && at >= 2 ? text.slice(at - 2, at) : text.slice(Math.max(0, at - 1), at);
}

function characterAt(text: string, at: number): string {
  const code = text.codePointAt(at);
  return code === undefined ? '' : String.fromCodePoint(code);
}

/** Whether a word may begin or end at this offset: not between two letters or digits of one word. */
export function isWordBoundary(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return true;
  const before = characterBefore(text, at);
  const after = characterAt(text, at);
  if (!wordCharacter.test(before) || !wordCharacter.test(after)) return true;
  if (mark.test(after)) return false;
  return spaceless.test(before) || spaceless.test(after);
}
