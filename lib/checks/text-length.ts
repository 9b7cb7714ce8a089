const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
// biome-ignore lint/suspicious/noControlCharactersInRegex: every ASCII character but the line ends
const plainAscii = /^[\u0000-\u0009\u000b\u000c\u000e-\u007f\n]*$/;

/** Characters as people count them: what the cursor steps over, with spaces. */
export function countCharacters(text: string): number {
  if (plainAscii.test(text)) return text.length;
  let count = 0;
  for (const _ of graphemes.segment(text)) count += 1;
  return count;
}

const wordLike = /[\p{L}\p{N}]/u;
const ideograph = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;

/**
 * Words as word processors count them: runs between white space that hold a letter or a digit;
 * each Chinese or Japanese character counts as one. Says the same on every machine, which a
 * dictionary would not.
 */
export function countWords(text: string): number {
  let count = 0;
  for (const [run] of text.matchAll(/\S+/gu)) {
    const characters = run.match(ideograph)?.length ?? 0;
    count += characters;
    if (wordLike.test(characters > 0 ? run.replace(ideograph, '') : run)) count += 1;
  }
  return count;
}
