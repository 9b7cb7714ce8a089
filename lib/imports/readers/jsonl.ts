import {
  type BadReason,
  MAX_COLUMNS,
  MAX_ROW_LENGTH,
  type Reading,
} from '@/lib/imports/import-schema';
import { conversationOf } from '@/lib/imports/readers/jsonl-conversation';
import {
  badRow,
  type ImportReader,
  type ReadRow,
  type SniffedReading,
} from '@/lib/imports/readers/reader';

/** Deeper nesting is refused before it is parsed. */
const MAX_DEPTH = 64;
const RAW_KEPT = 4_000;

/** One example a line: `{"messages": [...]}` or `{"prompt": [...], "completion": [...]}`. */
export const jsonlReader: ImportReader = {
  format: 'jsonl',
  recognises: (head) => head.trimStart().startsWith('{'),
  sniff,
  read,
};

/** Further keys with plain values can be mapped like columns. */
function sniff(head: string): SniffedReading {
  const names = new Set<string>();
  const lines = head.split('\n');
  for (const line of lines.slice(0, lines.length > 1 ? -1 : undefined).slice(0, 200)) {
    const value = parseObject(line);
    if (typeof value === 'string') continue;
    for (const [name, cell] of Object.entries(value)) {
      if (name.length <= 200 && names.size < MAX_COLUMNS && cellOf(cell) !== null) names.add(name);
    }
  }
  return { format: 'jsonl', delimiter: ',', header: true, newline: 'lf', columns: [...names] };
}

async function* read(text: AsyncIterable<string>, reading: Reading): AsyncIterable<ReadRow[]> {
  let rest = '';
  let line = 1;
  let skipping = false;
  // A line that is not complete yet is looked at again only when its text has doubled.
  let enough = 0;
  const take = (piece: string, last: boolean): ReadRow[] => {
    const rows: ReadRow[] = [];
    rest += piece;
    if (!last && rest.length < enough) return rows;
    const all = rest;
    let start = 0;
    for (;;) {
      let end = all.indexOf('\n', start);
      if (end < 0 && last && start < all.length) end = all.length;
      if (end < 0) break;
      if (skipping) skipping = false;
      else if (end - start > MAX_ROW_LENGTH)
        rows.push(badRow(line, 'rowTooLong', [all.slice(start, start + RAW_KEPT)]));
      else addRow(rows, all.slice(start, end), line, reading.columns);
      start = end + 1;
      line += 1;
    }
    rest = all.slice(start);
    if (skipping) rest = '';
    if (rest.length > MAX_ROW_LENGTH) {
      rows.push(badRow(line, 'rowTooLong', [rest.slice(0, RAW_KEPT)]));
      skipping = true;
      rest = '';
    }
    enough = rest.length * 2;
    return rows;
  };
  for await (const piece of text) yield take(piece, false);
  yield take('', true);
}

function addRow(rows: ReadRow[], source: string, line: number, columns: string[]): void {
  if (source.trim() === '') return;
  const value = parseObject(source);
  if (typeof value === 'string') {
    rows.push(badRow(line, value, [source.slice(0, RAW_KEPT)]));
    return;
  }
  const conversation = conversationOf(value);
  if ('reason' in conversation) {
    rows.push(badRow(line, conversation.reason, [source], conversation.column));
    return;
  }
  const values = columns.map((name) =>
    Object.hasOwn(value, name) ? (cellOf(value[name]) ?? '') : '',
  );
  rows.push({ kind: 'row', line, values, conversation });
}

/** The object on a line, or why there is none. */
function parseObject(source: string): Record<string, unknown> | BadReason {
  if (isDeeperThan(source, MAX_DEPTH)) return 'tooDeep';
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    return 'notJson';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'notObject';
  return value as Record<string, unknown>;
}

/** Counts brackets outside strings, so that a line of a million of them is never built. */
function isDeeperThan(source: string, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < source.length; at += 1) {
    const code = source.charCodeAt(at);
    if (inString) {
      if (code === 92) at += 1;
      else if (code === 34) inString = false;
    } else if (code === 34) inString = true;
    else if (code === 91 || code === 123) {
      depth += 1;
      if (depth > limit) return true;
    } else if (code === 93 || code === 125) depth -= 1;
  }
  return false;
}

/** A value as the text of a cell; null for what is no plain value. */
function cellOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string'))
    return value.join(', ');
  return null;
}
