import { type Delimiter, delimiters, MAX_COLUMNS, type Reading } from '@/lib/imports/import-schema';
import { type CsvRecord, CsvRecords } from '@/lib/imports/readers/csv-records';
import {
  badRow,
  type ImportReader,
  type ReadRow,
  type SniffedReading,
} from '@/lib/imports/readers/reader';

const SAMPLE_RECORDS = 100;
/** In UTF-16 code units. */
const SAMPLE_PIECE = 16_384;

/** Any text is a table of at least one column. */
export const csvReader: ImportReader = { format: 'csv', recognises: () => true, sniff, read };

function sniff(
  head: string,
  fixed: { delimiter?: Reading['delimiter'] | undefined; header?: boolean | undefined } = {},
): SniffedReading {
  const newline = head.includes('\n') || !head.includes('\r') ? 'lf' : 'cr';
  const delimiter = fixed.delimiter ?? detectDelimiter(head, newline);
  const cells = sample(head, delimiter, newline).filter((record) => 'cells' in record);
  const first = cells[0]?.cells.slice(0, MAX_COLUMNS) ?? [];
  const header =
    fixed.header ??
    looksLikeHeader(
      first,
      cells.slice(1).map((record) => record.cells),
    );
  const columns = header ? first.map((name) => name.trim().slice(0, 200)) : first.map(() => '');
  return { format: 'csv', delimiter, header, newline, columns };
}

/**
 * The first records of a head, read no further than they go. The last record of a cut head may be
 * half a record, so it is left out.
 */
function sample(head: string, delimiter: Delimiter, newline: 'lf' | 'cr'): CsvRecord[] {
  const parser = new CsvRecords({ delimiter, newline });
  const records: CsvRecord[] = [];
  for (let at = 0; at < head.length && records.length < SAMPLE_RECORDS; at += SAMPLE_PIECE)
    records.push(...parser.push(head.slice(at, at + SAMPLE_PIECE), false));
  return (records.length > 0 ? records : parser.push('', true)).slice(0, SAMPLE_RECORDS);
}

/**
 * The delimiter under which most records have the same number of columns, more than one. Among
 * equals, the one with more columns.
 */
function detectDelimiter(head: string, newline: 'lf' | 'cr'): Delimiter {
  let best: { delimiter: Delimiter; share: number; columns: number } | undefined;
  for (const delimiter of delimiters) {
    const records = sample(head, delimiter, newline);
    const counts = new Map<number, number>();
    for (const record of records) {
      const columns = 'cells' in record ? record.cells.length : 0;
      counts.set(columns, (counts.get(columns) ?? 0) + 1);
    }
    counts.delete(0);
    counts.delete(1);
    const [columns, frequency] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [
      0, 0,
    ];
    const share = records.length > 0 ? frequency / records.length : 0;
    const isBetter =
      !best || share > best.share + 0.02 || (share > best.share - 0.02 && columns > best.columns);
    if (columns > 1 && share > 0.3 && isBetter) best = { delimiter, share, columns };
  }
  return best?.delimiter ?? ',';
}

const knownNames =
  /^(id|instruction|question|prompt|input|reply|response|answer|completion|output|intent|topic|category|tags?|group|ticket|conversation|customer|subject|body|message|text|agent|author|system|name|date|frage|antwort)$/i;

/** Short, distinct names without sentences or figures, over rows that look different. */
function looksLikeHeader(first: string[], rows: string[][]): boolean {
  const names = first.map((name) => name.trim());
  if (names.length === 0 || names.every((name) => name === '')) return false;
  if (names.some((name) => knownNames.test(name))) return true;
  const areNames = names.every(
    (name) => name.length <= 60 && !/[.?!…]$|[\r\n]/.test(name) && !/^[-+]?[\d.,]+$/.test(name),
  );
  if (!areNames || new Set(names).size < names.length) return false;
  if (rows.length === 0) return names.length > 1;
  // Values that come again further down are values, not names.
  return !rows.some((row) => row.some((value, index) => value.trim() === names[index] && value));
}

async function* read(text: AsyncIterable<string>, reading: Reading): AsyncIterable<ReadRow[]> {
  const parser = new CsvRecords(reading);
  const columns = reading.columns.length;
  let isFirst = reading.header;
  const convert = (records: CsvRecord[]): ReadRow[] => {
    const rows: ReadRow[] = [];
    for (const record of records) {
      if (isFirst && 'cells' in record) {
        isFirst = false;
        continue;
      }
      rows.push(toRow(record, columns));
    }
    return rows;
  };
  for await (const piece of text) yield convert(parser.push(piece, false));
  yield convert(parser.push('', true));
}

function toRow(record: CsvRecord, columns: number): ReadRow {
  if (!('cells' in record)) return badRow(record.line, record.reason, [record.raw]);
  const { line, cells } = record;
  if (cells.length === columns) return { kind: 'row', line, values: cells };
  if (cells.length < columns) return badRow(line, 'tooFewColumns', cells);
  // Spreadsheets leave empty cells behind at the end of a row.
  if (cells.slice(columns).every((cell) => cell.trim() === ''))
    return { kind: 'row', line, values: cells.slice(0, columns) };
  return badRow(line, 'tooManyColumns', cells);
}
