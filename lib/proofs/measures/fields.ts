import { foldText, isWordBoundary } from '@/lib/checks/fold-text';
import { type Grounds, groundsOf } from '@/lib/proofs/measures/facts';
import { readAmount, readDate } from '@/lib/proofs/measures/normal-values';

/** What became of one field. A field that is empty on both sides is `right`. */
export type FieldOutcome = 'right' | 'wrong' | 'missed' | 'invented';

export type FieldResult = {
  /** Where it stands: `total`, `items[2].price`. */
  path: string;
  /** Which field it is, whatever its place in a list: `total`, `items[].price`. */
  field: string;
  outcome: FieldOutcome;
  expected: string | null;
  answered: string | null;
  /** Whether the answered value occurs in the source text; null where nothing was answered. */
  inSource: boolean | null;
};

export type FieldsResult = {
  /** The whole answer, white space around it aside, is one JSON object or list. */
  isValidJson: boolean;
  /** Valid, every expected field right and none invented. */
  isWholeExact: boolean;
  fields: FieldResult[];
};

export type FieldsQuestion = { answer: string; humanReply: string; source: string };

/** Bounds of a reply that is read field by field; what is deeper or longer is one wrong value. */
const MAX_DEPTH = 12;
const MAX_FIELDS = 2_000;
const UNREADABLE = '\u0000';

/**
 * Compares a reply in JSON with the approved one, field by field. Texts are compared folded (case,
 * white space, look-alike forms), amounts and dates as values in any common spelling; null, empty
 * text and an absent field are the same: empty. Places in lists count.
 */
export function compareFields({ answer, humanReply, source }: FieldsQuestion): FieldsResult {
  const expected = readFields(humanReply) ?? new Map<string, string>();
  const answered = readFields(answer);
  const sought = { folded: foldText(source).text, grounds: groundsOf([source]) };

  const paths = new Set([...expected.keys(), ...(answered?.keys() ?? [])]);
  const fields = [...paths].map((path) =>
    compareField(path, filled(expected.get(path)), filled(answered?.get(path)), sought),
  );
  const isValidJson = answered !== null;
  return {
    isValidJson,
    isWholeExact: isValidJson && fields.every((field) => field.outcome === 'right'),
    fields,
  };
}

/** The JSON object that a text is, white space around it aside; null where it is none. */
export function readObject(text: string): object | null {
  if (!/^\s*\{[\s\S]*\}\s*$/.test(text)) return null;
  try {
    return JSON.parse(text) as object;
  } catch {
    return null;
  }
}

/** The fields that a reply has, each once; none where it is no JSON. */
export function fieldsOf(reply: string): Set<string> {
  return new Set([...(readFields(reply)?.keys() ?? [])].map(withoutPlaces));
}

/** Counts of outcomes over the fields of many replies. */
export function countOutcomes(fields: readonly FieldResult[]): Record<FieldOutcome, number> {
  const counts = { right: 0, wrong: 0, missed: 0, invented: 0 };
  for (const field of fields) counts[field.outcome] += 1;
  return counts;
}

type Sought = { folded: string; grounds: Grounds };

function compareField(
  path: string,
  expected: string | null,
  answered: string | null,
  sought: Sought,
): FieldResult {
  const inSource = answered === null ? null : isInSource(answered, sought);
  const outcome = outcomeOf(expected, answered);
  return { path, field: withoutPlaces(path), outcome, expected, answered, inSource };
}

/** `items[2].price` → `items[].price`; a name in quotes stays as it is. */
const withoutPlaces = (path: string) =>
  path.replace(/"(?:[^"\\]|\\.)*"|\[\d+\]/g, (part) => (part.startsWith('"') ? part : '[]'));

function outcomeOf(expected: string | null, answered: string | null): FieldOutcome {
  if (expected === null) return answered === null ? 'right' : 'invented';
  if (answered === null) return 'missed';
  if (expected === UNREADABLE || answered === UNREADABLE) return 'wrong';
  return isSameValue(expected, answered) ? 'right' : 'wrong';
}

/** The same text, amount or date. */
export function isSameValue(one: string, other: string): boolean {
  if (fold(one) === fold(other)) return true;
  return share(readDate(one), readDate(other)) || share(readAmount(one), readAmount(other));
}

function isInSource(value: string, { folded, grounds }: Sought): boolean {
  const readings = [...readDate(value), ...readAmount(value)];
  const isFact = readings.some(
    (reading) => grounds.has(reading) || grounds.has(reading.replace(/^-/, '')),
  );
  return isFact || standsIn(folded, fold(value));
}

/** Whether a text stands in another as whole words, and not as part of a number (50 in 1234.50). */
function standsIn(text: string, wanted: string): boolean {
  if (wanted === '') return false;
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + 1)) {
    const end = at + wanted.length;
    const isWhole = isWordBoundary(text, at) && isWordBoundary(text, end);
    const isPart =
      /^\d[.,]\d/.test(text.slice(at - 2, at + 1)) ||
      /^\d[.,]\d/.test(text.slice(end - 1, end + 2));
    if (isWhole && !isPart) return true;
  }
  return false;
}

const fold = (text: string) => foldText(text).text.trim();
const share = (some: readonly string[], others: readonly string[]) =>
  some.some((reading) => others.includes(reading));
const filled = (value: string | undefined) =>
  value === undefined || value.trim() === '' ? null : value;

/** The values of a JSON text by their path; null where it is no JSON object or list. */
function readFields(text: string): Map<string, string> | null {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof root !== 'object' || root === null) return null;

  const fields = new Map<string, string>();
  const open: Node[] = [{ path: '', value: root, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (fields.size >= MAX_FIELDS) return fields.set('', UNREADABLE);
    if (typeof next.value === 'object' && next.value !== null) {
      const children = childrenOf(next.path, next.value, next.depth);
      if (next.depth >= MAX_DEPTH || children.length > MAX_FIELDS)
        fields.set(next.path, UNREADABLE);
      else open.push(...children.reverse());
    } else {
      fields.set(next.path, next.value === null ? '' : String(next.value));
    }
  }
  return fields;
}

type Node = { path: string; value: unknown; depth: number };

/** A name that cannot be taken for a path. */
const plainName = /^[\p{L}\p{N}_ -]+$/u;

function childrenOf(path: string, value: object, depth: number): Node[] {
  const isList = Array.isArray(value);
  return Object.entries(value).map(([key, child]: [string, unknown]) => {
    const name = plainName.test(key) ? key : JSON.stringify(key);
    const place = isList ? `[${key}]` : name;
    const isFirst = path === '' || isList;
    return {
      path: isFirst ? `${path}${place}` : `${path}.${place}`,
      value: child,
      depth: depth + 1,
    };
  });
}
