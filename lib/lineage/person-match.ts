/** A text as it is looked for in folded texts: `holds_person` in prisma/migrations/0021_erasure. */
export type PersonMatch = {
  /** Must stand in the text; null where the pattern alone decides. */
  needle: string | null;
  /** A regular expression of PostgreSQL. */
  pattern: string;
};

/**
 * Scripts whose words run together, or take endings without a space: between their letters any
 * place may be a boundary. Thai, Lao, Myanmar, Khmer, Hangul, kana and Han.
 */
const spaceless: readonly (readonly [number, number])[] = [
  [0x0e00, 0x0eff],
  [0x1000, 0x109f],
  [0x1100, 0x11ff],
  [0x1780, 0x17ff],
  [0x3005, 0x3007],
  [0x3040, 0x30ff],
  [0x3130, 0x318f],
  [0x31f0, 0x31ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa960, 0xa97f],
  [0xac00, 0xd7ff],
  [0xf900, 0xfaff],
  [0x20000, 0x323af],
];

const isSpaceless = (character: string): boolean => {
  const code = character.codePointAt(0) ?? 0;
  return spaceless.some(([from, to]) => code >= from && code <= to);
};

/** Digits of a number after which other ways of grouping them are looked for too. */
const MIN_NUMBER_DIGITS = 5;
/** What stands between groups of digits, folded. */
const between = String.raw`[\s.,/()·'\u2011-\u2015-]{0,3}`;

const escaped = (code: number) => `\\U${code.toString(16).padStart(8, '0')}`;
/** A letter or digit of a script with words. `_` ends a word: it stands in made-up names. */
const wordCharacter = String.raw`[^\W_${spaceless.map(([from, to]) => `${escaped(from)}-${escaped(to)}`).join('')}]`;
const notAfter = `(?<!${wordCharacter})`;
const notBefore = `(?!${wordCharacter})`;

const isWordCharacter = (character: string | undefined) =>
  character !== undefined && /[\p{L}\p{N}]/u.test(character) && !isSpaceless(character);

/** Shortest text that is looked for: two letters would find everybody, two Han characters are a name. */
export const MIN_PERSON_TEXT = 3;

/** Whether a text is long enough to be looked for. Invisible characters and spaces do not count. */
export function isLongEnough(text: string): boolean {
  const seen = [...text.normalize('NFKC').replace(/[\s\p{Default_Ignorable_Code_Point}]/gu, '')];
  return seen.length >= (seen.some(isSpaceless) ? MIN_PERSON_TEXT - 1 : MIN_PERSON_TEXT);
}

/** The digits of a number that may be grouped in other ways; null for any other text. */
function digitsOf(folded: string): string | null {
  if (!/^[\d\s.,/()·'+\u2011-\u2015-]+$/u.test(folded)) return null;
  const all = folded.replace(/\D/g, '');
  const digits = folded.startsWith('+') ? all : all.replace(/^00/, '');
  return digits.length >= MIN_NUMBER_DIGITS ? digits : null;
}

/**
 * How a text is looked for. `folded` is what `fold_person` makes of it. A number is found however
 * its digits are grouped, and whether + or 00 stands before it; a text at the borders of words,
 * or with `partOfWord` anywhere.
 */
export function toPersonMatch(
  folded: string,
  { partOfWord }: { partOfWord: boolean },
): PersonMatch {
  const digits = digitsOf(folded);
  if (digits) {
    const [before, after] = partOfWord ? ['', ''] : [`${notAfter}(?:00)?`, notBefore];
    return { needle: null, pattern: `${before}${[...digits].join(between)}${after}` };
  }
  const characters = [...folded];
  const literal = folded.replace(/[^\p{L}\p{N}\s]/gu, (one) => escaped(one.codePointAt(0) ?? 0));
  const isFree = (character: string | undefined) => partOfWord || !isWordCharacter(character);
  const before = isFree(characters[0]) ? '' : notAfter;
  const after = isFree(characters.at(-1)) ? '' : notBefore;
  return { needle: folded, pattern: `${before}${literal}${after}` };
}
