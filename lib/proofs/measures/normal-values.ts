/**
 * Numbers, amounts and dates as values, whatever way they are written, so that 1,234.50 and 1234.5
 * are the same and so are 6 May 2024 and 2024-05-06. Where a spelling has two readings (1.234 or
 * 05/06/2024), both are given: two values agree if any of their readings do.
 */

/** Longest text that is still read as one number or date. */
const LONGEST_VALUE = 64;

/** NFKC, with the decimal digits of every script as ASCII digits. */
export function plainText(text: string): string {
  return text.normalize('NFKC').replace(/(?![0-9])\p{Nd}/gu, asciiDigit);
}

const digit = /^\p{Nd}$/u;
const asciiDigits = new Map<string, string>();

/** Digits of a script follow each other from its zero, in blocks of ten. */
function asciiDigit(character: string): string {
  const known = asciiDigits.get(character);
  if (known !== undefined) return known;
  const code = character.codePointAt(0) as number;
  let first = code;
  while (digit.test(String.fromCodePoint(first - 1))) first -= 1;
  const ascii = String((code - first) % 10);
  asciiDigits.set(character, ascii);
  return ascii;
}

/** Readings of digits with points, commas and apostrophes between, as plain decimals. */
export function readNumber(text: string): string[] {
  if (text.length > LONGEST_VALUE || !/^\d/.test(text)) return [];
  const spaced = text.replace(/['’ ]/g, '');
  const readings = new Set<string>();
  // Points and commas group thousands, or the last one begins the decimals.
  if (/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(spaced)) readings.add(spaced.replaceAll(',', ''));
  if (/^\d{1,3}(\.\d{3})+(,\d+)?$/.test(spaced))
    readings.add(spaced.replaceAll('.', '').replace(',', '.'));
  // Indian grouping: 1,23,456.
  if (/^\d{1,2}(,\d{2})+,\d{3}(\.\d+)?$/.test(spaced)) readings.add(spaced.replaceAll(',', ''));
  if (/^\d+(\.\d+)?$/.test(spaced)) readings.add(spaced);
  if (/^\d+,\d+$/.test(spaced)) readings.add(spaced.replace(',', '.'));
  return [...readings].map(withoutPadding);
}

/** 0012.50 → 12.5, without going through floating point. */
function withoutPadding(decimal: string): string {
  const [whole = '', fraction = ''] = decimal.split('.');
  let end = fraction.length;
  while (end > 0 && fraction[end - 1] === '0') end -= 1;
  let start = 0;
  while (start < whole.length - 1 && whole[start] === '0') start += 1;
  return end === 0 ? whole.slice(start) : `${whole.slice(start)}.${fraction.slice(0, end)}`;
}

const currency = '(?:[$€£¥₹]|USD|EUR|GBP|CHF|JPY|INR|CAD|AUD|RM|MYR|SGD|Rs\\.?)';
const amountText = new RegExp(
  `^${currency}? ?([-−+]?) ?${currency}? ?(\\d[\\d.,'’ ]*) ?${currency}?$`,
  'i',
);

/** Readings of an amount with or without its currency, which is left out; with its sign. */
export function readAmount(text: string): string[] {
  const trimmed = plainText(text).trim();
  if (trimmed.length > LONGEST_VALUE) return [];
  const parts = amountText.exec(trimmed);
  if (!parts) return [];
  const sign = parts[1] === '-' || parts[1] === '−' ? '-' : '';
  return readNumber((parts[2] as string).trim()).map((value) =>
    value === '0' ? value : `${sign}${value}`,
  );
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const monthName =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';

/** Spellings of dates inside a text. Without a year where none is written. */
export const datePattern = new RegExp(
  [
    '\\b(?<y1>\\d{4})[-/.](?<m1>\\d{1,2})[-/.](?<d1>\\d{1,2})(?!\\d)',
    '\\b(?<a2>\\d{1,2})(?<s2>[-/.])(?<b2>\\d{1,2})\\k<s2>(?<y2>\\d{4}|\\d{2})(?!\\d)',
    `\\b(?<d3>\\d{1,2})(?:st|nd|rd|th)?[ -](?:of )?(?<n3>${monthName})\\b(?:\\.?,?[ -](?<y3>\\d{4}|\\d{2})\\b)?`,
    `\\b(?<n4>${monthName})\\b\\.? (?<d4>\\d{1,2})(?:st|nd|rd|th)?\\b(?:,? (?<y4>\\d{4})\\b)?`,
  ].join('|'),
  'giu',
);

/** Readings of a match of `datePattern`: yyyy-mm-dd, or mm-dd where no year is written. */
export function dateReadings(groups: Record<string, string | undefined>): string[] {
  const { y1, m1, d1, a2, b2, y2, d3, n3, y3, d4, n4, y4 } = groups;
  if (y1 && m1 && d1) return oneDate(y1, Number(m1), Number(d1));
  if (a2 && b2) {
    const readings = [oneDate(y2, Number(b2), Number(a2)), oneDate(y2, Number(a2), Number(b2))];
    return [...new Set(readings.flat())];
  }
  if (d3 && n3) return oneDate(y3, monthNumber(n3), Number(d3));
  if (d4 && n4) return oneDate(y4, monthNumber(n4), Number(d4));
  return [];
}

const monthNumber = (name: string) => months.indexOf(name.slice(0, 3).toLowerCase()) + 1;

function oneDate(year: string | undefined, month: number, day: number): string[] {
  const longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  if (longest === undefined || day < 1 || day > longest) return [];
  const rest = `${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  if (year === undefined) return [rest];
  return [`${year.length === 2 ? `20${year}` : year}-${rest}`];
}

/** Readings of a text that is a date and nothing else (a time after it is left out). */
export function readDate(text: string): string[] {
  const trimmed = plainText(text)
    .trim()
    .replace(/[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z| ?[ap]m)?$/i, '');
  if (trimmed.length > LONGEST_VALUE) return [];
  const [match] = trimmed.matchAll(datePattern);
  if (!match?.groups || match[0].length !== trimmed.length) return [];
  return dateReadings(match.groups);
}
