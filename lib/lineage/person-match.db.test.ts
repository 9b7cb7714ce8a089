// What finds a person, and what does not: the same comparison for a search and an erasure.
import { afterAll, expect, test } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { isLongEnough, toPersonMatch } from '@/lib/lineage/person-match';

afterAll(disconnect);

async function holds(text: string, query: string, partOfWord = false): Promise<boolean> {
  const [folded] = await db.$queryRaw<{ text: string }[]>`
    SELECT fold_person(${query.trim()}) AS "text"`;
  const { needle, pattern } = toPersonMatch(folded?.text ?? '', { partOfWord });
  const [row] = await db.$queryRaw<{ holds: boolean }[]>`
    SELECT holds_person(${text}, ${needle}, ${pattern}) AS "holds"`;
  return row?.holds ?? false;
}

const nfd = (text: string) => text.normalize('NFD');

test.each([
  ['as it is', 'Dear Ottilie Kranzbühler, yes.', 'Ottilie Kranzbühler'],
  ['another case', 'OTTILIE KRANZBÜHLER', 'ottilie kranzbühler'],
  ['ß as SS', 'FRAU STRASSER-GROSS', 'Straßer-Groß'],
  ['decomposed in the text', nfd('I am Kranzbühler'), 'Kranzbühler'],
  ['decomposed in the query', 'I am Kranzbühler', nfd('Kranzbühler')],
  ['no-break space', 'Ottilie\u00a0Kranz', 'Ottilie Kranz'],
  ['narrow no-break space in the query', 'Ottilie Kranz', 'Ottilie\u202fKranz'],
  ['two spaces', 'Ottilie  Kranz', 'Ottilie Kranz'],
  ['line break inside', 'Best,\nOttilie\r\n  Kranz', 'Ottilie Kranz'],
  ['line separator inside', 'Ottilie\u2028Kranz', 'Ottilie Kranz'],
  ['zero-width space', 'Otti\u200blie Kranz', 'Ottilie Kranz'],
  ['soft hyphen', 'Kranz\u00adbühler', 'Kranzbühler'],
  ['direction marks', '\u200eOttilie\u200f Kranz', 'Ottilie Kranz'],
  ['full-width letters', 'Ｏｔｔｉｌｉｅ', 'ottilie'],
  ['ligature', 'Grifﬁn Lee', 'Griffin Lee'],
  ['typographic apostrophe', 'Mr O’Neil wrote', "O'Neil"],
  ['hyphen that does not break', 'Anna\u2011Lena', 'Anna-Lena'],
  ['possessive', 'Ann’s parcel', 'Ann'],
  ['punctuation around', '(Ann), "Ann"; Ann.', 'Ann'],
  ['underscore around', 'id ann_1', 'Ann'],
  ['e-mail address', 'write to ann.lee@shop.example.', 'ANN.LEE@shop.example'],
  ['own % and _', 'code 100%_off', '100%_off'],
  ['signs of patterns', 'a.b*c (d) [e] \\f', 'b*c (d) [e] \\f'],
  ['two Han characters', '客户王伟先生来信', '王伟'],
  ['kana', '山田さんのメール', '山田さん'],
  ['Hangul with its ending', '김민수는 물었다', '김민수'],
  ['Latin beside Han', '用户Ann说', 'Ann'],
  ['phone, grouped otherwise', 'Call +49 (30) 123-45.67', '+4930 1234567'],
  ['phone with 00', 'Call 0049 30 1234567', '+49 30 123 45 67'],
  ['phone with +', 'Call +49301234567', '0049 30 1234567'],
  ['customer number in groups', 'No. 12 345 678', '12345678'],
  ['full-width digits', '１２３４５６', '123456'],
])('found: %s', async (_, text, query) => {
  expect(await holds(text, query)).toBe(true);
});

test.each([
  ['inside a word', 'The Annual report', 'Ann'],
  ['at the end of a word', 'Johann wrote', 'Ann'],
  ['other letters', 'Kranzbuhler', 'Kranzbühler'],
  ['other address that ends alike', 'joann@shop.example', 'ann@shop.example'],
  ['_ is no wildcard', 'annXlee', 'ann_lee'],
  ['% is no wildcard', 'anything', 'any%g'],
  ['part of a longer number', 'No. 9123456789', '12345678'],
  ['digits of several numbers', 'order 12, and then 345 of 678', '12345678'],
  ['short number inside another', '91234', '1234'],
])('not found: %s', async (_, text, query) => {
  expect(await holds(text, query)).toBe(false);
});

test.each([
  ['The Annual report', 'Ann'],
  ['des Kranzbühlers', 'Kranzbühler'],
  ['No. 9123456789', '12345678'],
])('found in words where that is asked for: %s', async (text, query) => {
  expect(await holds(text, query, true)).toBe(true);
});

test('texts of JSON are found as they read, keys and numbers too, and not across two', async () => {
  const value = JSON.stringify({
    a: ['x "Ann"\nLee', 4711234],
    'Mr Bo Li': { b: 'Ann' },
    c: 'Lee',
  });
  const [row] = await db.$queryRaw<{ texts: string }[]>`
    SELECT texts_of(${value}::jsonb) AS "texts"`;
  const texts = row?.texts ?? '';
  expect(await holds(texts, '"Ann" Lee')).toBe(true);
  expect(await holds(texts, '4711234')).toBe(true);
  expect(await holds(texts, 'Mr Bo Li')).toBe(true);
  expect(await holds(texts, 'Ann Lee')).toBe(false);
});

test('two characters are enough where they are a name', () => {
  for (const text of ['王伟', '김민', 'Ann', '123']) expect(isLongEnough(text), text).toBe(true);
  for (const text of ['An', '王', 'A\u200bn', 'a  b', '\u00ad\u00ad\u00ad'])
    expect(isLongEnough(text), text).toBe(false);
});
