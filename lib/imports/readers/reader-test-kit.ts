// What the tests of readers share.
import type { Reading } from '@/lib/imports/import-schema';
import type { ImportReader, ReadRow } from '@/lib/imports/readers/reader';

export const readingOf = (change: Partial<Reading>): Reading => ({
  format: 'csv',
  encoding: 'utf-8',
  isUtf8: true,
  delimiter: ',',
  header: true,
  newline: 'lf',
  columns: [],
  ...change,
});

/** All rows of a text, fed in pieces of some thousand characters. */
export async function readAll(
  reader: ImportReader,
  text: string,
  reading: Partial<Reading>,
  size = 7_001,
): Promise<ReadRow[]> {
  async function* pieces() {
    for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
  }
  const rows: ReadRow[] = [];
  for await (const batch of reader.read(pieces(), readingOf(reading))) rows.push(...batch);
  return rows;
}
