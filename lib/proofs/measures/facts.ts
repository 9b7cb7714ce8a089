import { slotSpans } from '@/lib/checks/slot-checks';
import {
  datePattern,
  dateReadings,
  plainText,
  readNumber,
} from '@/lib/proofs/measures/normal-values';

/** Something in a text that is true or false, and that a model may make up. */
export type Fact = {
  kind: 'link' | 'email' | 'date' | 'amount' | 'number';
  /** As written (after NFKC). */
  text: string;
  /** Normalised values that it may mean; two facts agree if they share one. */
  readings: string[];
};

// Bounded repetitions and classes that do not overlap with what follows keep every pattern linear.
const linkPattern =
  /\bhttps?:\/\/[^\s<>"'`{}|\\^[\]]{1,2000}|\bwww\.[^\s<>"'`{}|\\^[\]]{1,2000}/giu;
const emailPattern =
  /(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}/gu;
const numberPattern = /\d[\d.,'’]*/gu;
const listMarker = /^[ \t]{0,8}\d{1,3}[.)](?=[ \t])/gmu;
const currencyBefore =
  /(?:[$€£¥₹]|\b(?:USD|EUR|GBP|CHF|JPY|INR|CAD|AUD|RM|MYR|SGD|Rs\.?)) ?[-−]?$/iu;
const currencyAfter =
  /^ ?(?:[$€£¥₹]|(?:USD|EUR|GBP|CHF|JPY|INR|CAD|AUD|MYR|SGD|dollars|euros?|pounds)\b)/iu;

/**
 * Links, e-mail addresses, dates, amounts and other numbers of a text, in this order of kinds, each
 * place once. Names of slots and the numbers of list items are none. Linear in the text's length.
 */
export function findFacts(original: string): Fact[] {
  const text = plainText(withoutSlots(original)).replace(listMarker, blank);
  const links = take(text, linkPattern, (match) => one('link', linkReading(match[0])));
  const emails = take(links.rest, emailPattern, (match) => one('email', match[0].toLowerCase()));
  const dates = take(emails.rest, datePattern, (match) => ({
    kind: 'date',
    readings: dateReadings(match.groups ?? {}),
  }));
  const numbers = take(dates.rest, numberPattern, (match) => ({
    kind: isAmount(dates.rest, match.index, match[0].length) ? 'amount' : 'number',
    readings: readNumber(withoutFinalMark(match[0])),
  }));
  return [...links.facts, ...emails.facts, ...dates.facts, ...numbers.facts];
}

/**
 * Facts of an answer that stand in nothing that grounds them: what the model may have made up. A
 * number is found in a source under whatever kind it stands there; a date without a year agrees
 * with one that has it.
 */
export function ungroundedFacts(answer: string, grounds: Grounds): Fact[] {
  return findFacts(answer).filter((fact) => !fact.readings.some((reading) => grounds.has(reading)));
}

/** What sources (a prompt, a brief, a document) ground, worked out once for many answers. */
export type Grounds = ReadonlySet<string>;

export function groundsOf(sources: readonly string[]): Grounds {
  const readings = new Set<string>();
  for (const fact of sources.flatMap(findFacts))
    for (const reading of fact.readings) {
      readings.add(reading);
      if (fact.kind === 'date') readings.add(withoutYear(reading));
    }
  return readings;
}

/** 2024-05-06 → 05-06; that no year was written is a reading of its own. */
const withoutYear = (reading: string) => reading.replace(/^\d{4}-(?=\d\d-\d\d$)/, '');

const blank = (found: string) => ' '.repeat(found.length);
const one = (kind: Fact['kind'], reading: string) => ({ kind, readings: [reading] });

function withoutSlots(text: string): string {
  const parts: string[] = [];
  let at = 0;
  for (const slot of slotSpans(text)) {
    parts.push(text.slice(at, slot.start), ' ');
    at = slot.end;
  }
  return [...parts, text.slice(at)].join('');
}

/** Takes what a pattern finds out of a text, so that no later one finds its parts again. */
function take(
  text: string,
  pattern: RegExp,
  read: (match: RegExpExecArray) => Omit<Fact, 'text'>,
): { facts: Fact[]; rest: string } {
  const facts: Fact[] = [];
  const parts: string[] = [];
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    const fact = read(match);
    if (fact.readings.length === 0) continue;
    facts.push({ ...fact, text: match[0] });
    parts.push(text.slice(at, match.index), blank(match[0]));
    at = match.index + match[0].length;
  }
  return { facts, rest: [...parts, text.slice(at)].join('') };
}

/** Without scheme, www, the punctuation of the sentence around it, and a last slash. */
function linkReading(link: string): string {
  const bare = link.replace(/^https?:\/\//i, '').replace(/^www\./i, '');
  let end = bare.length;
  while (end > 0 && '.,;:!?)/*_'.includes(bare[end - 1] as string)) end -= 1;
  const [host = '', ...path] = bare.slice(0, end).split('/');
  return [host.toLowerCase(), ...path].join('/');
}

/** Without the points, commas and apostrophes of the sentence after a number. */
function withoutFinalMark(text: string): string {
  let end = text.length;
  while (end > 0 && ".,'’".includes(text[end - 1] as string)) end -= 1;
  return text.slice(0, end);
}

function isAmount(text: string, start: number, length: number): boolean {
  const end = start + length;
  return (
    currencyBefore.test(text.slice(Math.max(0, start - 6), start)) ||
    currencyAfter.test(text.slice(end, end + 9))
  );
}
