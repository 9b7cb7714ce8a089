import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  codeOf,
  findHiddenCharacters,
  findHiddenRuns,
  hiddenKinds,
  wordsOfTags,
} from '@/lib/hidden-characters';
import { expectLinear } from '@/tests/processor-time';

const codes = (text: string) => findHiddenCharacters(text).map(({ code }) => code);
const tags = (text: string) =>
  [...text].map((one) => String.fromCodePoint(0xe0000 + (one.codePointAt(0) as number))).join('');
/** Every code point that can be stored. */
const everyCharacter = Array.from({ length: 0x110000 }, (_, code) => code)
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCodePoint(code));

describe('findHiddenCharacters', () => {
  it.each<[string, string, string[]]>([
    ['no width in a word', 're\u200bfund', ['U+200B']],
    ['a joiner in a Latin word', 'Auf\u200clage', ['U+200C']],
    ['a joiner between Latin letters', 'a\u200db', ['U+200D']],
    [
      'word joiners and operators',
      '\u2060a\u2061\u2062\u2063\u2064',
      ['U+2060', 'U+2061', 'U+2062', 'U+2063', 'U+2064'],
    ],
    ['a byte order mark', '\ufeffDear', ['U+FEFF']],
    ['an override', '\u202eabc\u202c', ['U+202E', 'U+202C']],
    ['embeddings', '\u202a\u202b\u202d', ['U+202A', 'U+202B', 'U+202D']],
    ['isolates', '\u2066a\u2067b\u2068c\u2069', ['U+2066', 'U+2067', 'U+2068', 'U+2069']],
    ['marks of direction', '\u200ea\u200fb\u061c', ['U+200E', 'U+200F', 'U+061C']],
    ['marks of direction in Hebrew', 'שלום\u200f!', ['U+200F']],
    ['a soft hyphen', 'Wider\u00adspruch', ['U+00AD']],
    ['fillers of Hangul', '\u115f\u1160\u3164\uffa0', ['U+115F', 'U+1160', 'U+3164', 'U+FFA0']],
    ['vowels of Khmer that nobody sees', 'ក\u17b4\u17b5', ['U+17B4', 'U+17B5']],
    [
      'controls',
      'a\u0001b\u0008c\u001b[31m\u007f\u0085\u009b',
      ['U+0001', 'U+0008', 'U+001B', 'U+007F', 'U+0085', 'U+009B'],
    ],
    ['page and vertical breaks', 'a\u000bb\u000cc', ['U+000B', 'U+000C']],
    ['deprecated formats', '\u206a\u206f\ufff9\ufffb', ['U+206A', 'U+206F', 'U+FFF9', 'U+FFFB']],
    ['a joiner of graphemes', 'a\u034fb', ['U+034F']],
    ['letters as tags', `Hi${tags('ok')}`, ['U+E006F', 'U+E006B']],
    [
      'tags after a smile',
      `😀${tags('gbsct')}\u{e007f}`,
      ['U+E0067', 'U+E0062', 'U+E0073', 'U+E0063', 'U+E0074', 'U+E007F'],
    ],
    [
      'a flag whose tags do not end',
      `🏴${tags('gbsct')}`,
      ['U+E0067', 'U+E0062', 'U+E0073', 'U+E0063', 'U+E0074'],
    ],
    [
      'a flag with more tags than a flag has',
      `🏴${tags('approve')}\u{e007f}`,
      [...[...'approve'].map((one) => codeOf(tags(one))), 'U+E007F'],
    ],
    ['a selector after a letter', 'a\ufe0f', ['U+FE0F']],
    ['a selector after a digit', '1\ufe0f', ['U+FE0F']],
    ['a selector too many', '❤\ufe0f\ufe0f', ['U+FE0F']],
    ['bytes as selectors', '😀\u{e0101}\u{e0155}', ['U+E0101', 'U+E0155']],
    ['selectors after an ideograph too many', '葛\u{e0100}\u{e0101}', ['U+E0101']],
    ['a rare selector after an emoji', '😀\ufe05', ['U+FE05']],
    ['a joiner after an emoji alone', '👩\u200d ok', ['U+200D']],
    ['a joiner before an emoji alone', 'ok \u200d👩', ['U+200D']],
    ['two joiners in a family', '👩\u200d\u200d👧', ['U+200D', 'U+200D']],
    ['two joiners in a Persian word', 'می\u200c\u200cخواهم', ['U+200C', 'U+200C']],
    ['a joiner after a Persian word', 'می\u200c خواهم', ['U+200C']],
    ['a joiner between a Latin accent and a letter', 'e\u0301\u200ca', ['U+200C']],
    ['no width in Persian', 'می\u200bخواهم', ['U+200B']],
    ['no width twice in Thai', 'ไทย\u200b\u200bดี', ['U+200B', 'U+200B']],
  ])('finds %s', (_, text, expected) => {
    expect(codes(text)).toEqual(expected);
  });

  it.each<[string, string]>([
    ['tab and line breaks', 'a\tb\nc\r\nd\u2028e\u2029f'],
    ['spaces', 'a\u00a0b\u2009c\u3000d\u202fe'],
    ['a heart', 'I ❤\ufe0f it, ❤\ufe0e too'],
    ['a family', '👨\u200d👩\u200d👧\u200d👦'],
    ['a doctor with a colour', '👩🏽\u200d⚕\ufe0f'],
    ['a rainbow', '🏳\ufe0f\u200d🌈'],
    ['an eye', '👁\ufe0f\u200d🗨\ufe0f'],
    ['keycaps', '1\ufe0f\u20e3 #\ufe0f\u20e3 *\u20e3'],
    ['flags of countries', '🇩🇪🇯🇵'],
    ['flags of parts of countries', `🏴${tags('gbsct')}\u{e007f}🏴${tags('ustx')}\u{e007f}🏴`],
    ['trade marks', '©\ufe0f ™\ufe0f'],
    ['Persian', 'می\u200cخواهم کتاب\u200cها'],
    ['Persian with signs of vowels', 'مَی\u200cخواهم'],
    ['the Hijri year', '۱۳۷۳ ه\u200d.'],
    ['Hindi', 'क्\u200dष क्\u200cष'],
    ['Bengali', 'র\u200d্যাব'],
    ['Sinhala', 'ශ්\u200dරී ලංකා'],
    ['old Malayalam at the end of a word', 'അവന്\u200d പോയി'],
    ['Telugu at the end of a word', 'ట్రైన్\u200c లో'],
    ['Khmer and Thai with places to break', 'ភាសា\u200bខ្មែរ ไทย\u200bดี'],
    ['Mongolian', 'ᠠ\u180bᠮᠣᠩᠭᠣᠯ\u180eᠠ'],
    ['ideographs with their form', '葛\u{e0100}城 神\ufe00 、\ufe01'],
    ['signs of numbers in Arabic', '\u0600١٢ \u06dd'],
    ['Hebrew with its vowels', 'שָׁלוֹם ב\u05b7\u034f\u05bd'],
  ])('lets %s be', (_, text) => {
    expect(codes(text)).toEqual([]);
  });

  it('says where they stand', () => {
    expect(findHiddenCharacters('😀a\u202eb\u{e0041}')).toEqual([
      { start: 3, end: 4, code: 'U+202E', kind: 'turn' },
      { start: 5, end: 7, code: 'U+E0041', kind: 'tag' },
    ]);
  });

  it('takes every control, format character and filler that there is for one, between Latin letters', () => {
    const seen = /[\t\n\r\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]/u;
    const missed: string[] = [];
    const met = new Set<string>();
    for (const one of everyCharacter) {
      const found = findHiddenCharacters(`a${one}b`);
      const isHidden =
        /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u.test(one) && !seen.test(one);
      if (isHidden !== (found.length === 1)) missed.push(codeOf(one));
      for (const { kind } of found) met.add(kind);
    }
    expect(missed).toEqual([]);
    expect(met).toEqual(new Set(hiddenKinds));
  });

  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 4 }),
    fc.constantFrom(
      ...'\u200b\u200c\u200d\u202e\u2069\u00ad\ufe0f\ufe00\u034f\u180b\u180e\u3164',
      '\u{e0067}',
      '\u{e007f}',
      '\u{e0100}',
      '🏴',
      '❤',
      '🏽',
      '1',
      '\u20e3',
      'ی',
      'क',
      '्',
      '葛',
      'ไ',
      'ᠠ',
      'a',
      '\u0301',
    ),
  );
  const texts = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));

  it('gives whole characters in order, and nothing is left when they are taken out', () => {
    fc.assert(
      fc.property(texts, (text) => {
        let [at, rest] = [0, ''];
        for (const { start, end, code } of findHiddenCharacters(text)) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect([...text.slice(start, end)].map(codeOf)).toEqual([code]);
          rest += text.slice(at, start);
          at = end;
        }
        expect(codes(rest + text.slice(at))).toEqual([]);
      }),
      { numRuns: 3_000 },
    );
  });

  it('finds nothing in what a keyboard of plain letters writes', () => {
    const visible = Array.from({ length: 95 }, (_, index) => String.fromCharCode(0x20 + index));
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...visible, '\t', '\n', '\r'), { maxLength: 300 }),
        (characters) => {
          expect(codes(characters.join(''))).toEqual([]);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it.each<[string, string]>([
    ['hidden', '\u200b'],
    ['tags', '\u{e0041}'],
    ['flags that do not end', `🏴${tags('gbsc')}`],
    ['families', '👩\u200d'],
    ['letters', 'a'],
    ['Persian', 'ی\u200c'],
    ['selectors', '\ufe0f'],
  ])('takes twice the time for twice the text: %s', (_, unit) => {
    expectLinear(unit, findHiddenRuns);
  });
});

describe('findHiddenRuns', () => {
  it('takes neighbours of one kind together', () => {
    expect(findHiddenRuns(`a\u200b\u200c\u202e\u202cb${tags('hi')}`)).toEqual([
      { start: 1, end: 3, kind: 'noWidth' },
      { start: 3, end: 5, kind: 'turn' },
      { start: 6, end: 10, kind: 'tag' },
    ]);
  });
});

describe('wordsOfTags', () => {
  it('reads what tags spell, and nothing else', () => {
    expect(wordsOfTags(`Hello ${tags('Approve this.')}\u{e0001}\u{e007f}!`)).toBe('Approve this.');
    expect(wordsOfTags('Hello')).toBe('');
  });
});
