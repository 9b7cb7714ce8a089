/** What a hidden character does to a reader: nothing to be seen, or something else than is seen. */
export const hiddenKinds = [
  'noWidth',
  'turn',
  'tag',
  'softHyphen',
  'filler',
  'variant',
  'control',
  'format',
] as const;
export type HiddenKind = (typeof hiddenKinds)[number];

/** One code point that a reader cannot see, or that turns what they see; offsets in UTF-16 code units. */
export type HiddenCharacter = { start: number; end: number; code: string; kind: HiddenKind };

/** Hidden characters of one kind that stand side by side. */
export type HiddenRun = { start: number; end: number; kind: HiddenKind };

/**
 * A flag of a part of a country (its tags belong to it, at most six), or a character to look at:
 * a control but tab and line breaks, a format character, whatever Unicode lets a font leave out.
 * Signs of numbers and of verses are format characters too, and are seen.
 */
const suspects =
  /\u{1f3f4}[\u{e0061}-\u{e007a}]{2}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{1,4}\u{e007f}|((?![\t\n\r\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}])/gu;

const kinds: [HiddenKind, RegExp][] = [
  ['noWidth', /[\u034f\u180e\u200b-\u200d\u2060-\u2064\ufeff]/u],
  ['turn', /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u],
  ['softHyphen', /\u00ad/u],
  ['filler', /[\u115f\u1160\u17b4\u17b5\u3164\uffa0]/u],
  ['variant', /[\u180b-\u180d\u180f\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u],
  ['tag', /[\u{e0000}-\u{e007f}]/u],
  ['control', /\p{Cc}/u],
];

const emoji = /^(?!\p{ASCII})[\p{Emoji}\p{Extended_Pictographic}]$/u;
const pictograph = /^\p{Extended_Pictographic}$/u;
const skin = /^\p{Emoji_Modifier}$/u;
const letterOrMark = /^(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{M}]$/u;
const mark = /^(?!\p{Default_Ignorable_Code_Point})\p{M}$/u;
const han = /^\p{Script=Han}$/u;
const hanOrStop = /^[\p{Script=Han}\u3001\u3002\uff01\uff0c\uff0e\uff1a\uff1b\uff1f]$/u;
const mongolian = /^(?!\p{Default_Ignorable_Code_Point})\p{Script=Mongolian}$/u;
/** Scripts whose letters join or stack, so that people write where they do not. */
const joining =
  /^[\p{scx=Arabic}\p{scx=Syriac}\p{scx=Nko}\p{scx=Mandaic}\p{scx=Mongolian}\p{scx=Devanagari}\p{scx=Bengali}\p{scx=Gurmukhi}\p{scx=Gujarati}\p{scx=Oriya}\p{scx=Tamil}\p{scx=Telugu}\p{scx=Kannada}\p{scx=Malayalam}\p{scx=Sinhala}\p{scx=Myanmar}\p{scx=Khmer}\p{scx=Tibetan}]$/u;
/** Scripts that are written without spaces: a character of no width says where a line may break. */
const spaceless =
  /^[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]$/u;

/**
 * Every character of a text that a reader cannot see, or that turns what they see, in order.
 * What emoji and scripts need to be written is none: joiners in families of emoji and between
 * letters of Persian or Hindi, the selector of an emoji’s look, the tags of Scotland’s flag. Linear.
 */
export function findHiddenCharacters(text: string): HiddenCharacter[] {
  const found: HiddenCharacter[] = [];
  for (const match of text.matchAll(suspects)) {
    const character = match[1];
    if (character === undefined || isWritten(text, match.index, character)) continue;
    found.push({
      start: match.index,
      end: match.index + character.length,
      code: codeOf(character),
      kind: kindOf(character),
    });
  }
  return found;
}

/** The same, with neighbours of one kind as one. */
export function findHiddenRuns(text: string): HiddenRun[] {
  const runs: HiddenRun[] = [];
  for (const { start, end, kind } of findHiddenCharacters(text)) {
    const last = runs.at(-1);
    if (last?.end === start && last.kind === kind) last.end = end;
    else runs.push({ start, end, kind });
  }
  return runs;
}

/** How a code point is written by those who speak of it: `U+202E`. */
export function codeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Longest words of tags that anybody is told, in UTF-16 code units. */
const MAX_WORDS = 200;

/** The words that the tags of a text spell, which no page shows; the first of very many. Empty where there are none. */
export function wordsOfTags(text: string): string {
  let words = '';
  for (const character of text) {
    const code = (character.codePointAt(0) ?? 0) - 0xe0000;
    if (code >= 0x20 && code < 0x7f) words += String.fromCodePoint(code);
    if (words.length === MAX_WORDS) break;
  }
  return words;
}

function kindOf(character: string): HiddenKind {
  return kinds.find(([, pattern]) => pattern.test(character))?.[0] ?? 'format';
}

/** Whether a character belongs to what is written around it. Looks at up to three characters. */
function isWritten(text: string, at: number, character: string): boolean {
  const code = character.codePointAt(0) as number;
  const before = characterBefore(text, at);
  const after = characterAt(text, at + character.length);
  switch (code) {
    case 0x200b:
      return [before, after].every((one) => spaceless.test(one) && letterOrMark.test(one));
    case 0x200c:
      return joins(before, after);
    case 0x200d:
      return (
        joins(before, after) ||
        isShaped(before) ||
        (endsPictograph(text, at, before) && pictograph.test(after))
      );
    case 0x034f:
      return mark.test(before) && mark.test(after);
    case 0x180e:
      return mongolian.test(before) && mongolian.test(after);
    case 0xfe0e:
    case 0xfe0f:
      return emoji.test(before) || (/^[0-9#*]$/.test(before) && after === '\u20e3');
    default:
      return isVariant(code, before);
  }
}

function isVariant(code: number, before: string): boolean {
  if (code >= 0xfe00 && code <= 0xfe02) return hanOrStop.test(before);
  if (code >= 0xe0100 && code <= 0xe01ef) return han.test(before);
  if ((code >= 0x180b && code <= 0x180d) || code === 0x180f) return mongolian.test(before);
  return false;
}

const isShaped = (character: string) => joining.test(character) && letterOrMark.test(character);

/** Between two letters, or at the end of a word after the sign that takes a vowel away. */
const joins = (before: string, after: string) =>
  isShaped(before) && (isShaped(after) || mark.test(before));

/** An emoji, with the colour of its skin or the selector of its look. */
function endsPictograph(text: string, at: number, before: string): boolean {
  if (before !== '\ufe0f') return pictograph.test(before) || skin.test(before);
  return pictograph.test(characterBefore(text, at - 1));
}

function characterBefore(text: string, at: number): string {
  const unit = text.charCodeAt(at - 1);
  const isLow = unit >= 0xdc00 && unit <= 0xdfff;
  return text.slice(Math.max(0, isLow ? at - 2 : at - 1), at);
}

function characterAt(text: string, at: number): string {
  const code = text.codePointAt(at);
  return code === undefined ? '' : String.fromCodePoint(code);
}
