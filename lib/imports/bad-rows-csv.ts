import 'server-only';
import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { findBadRows, type ImportView } from '@/lib/imports/import-queries';
import type { BadReason } from '@/lib/imports/import-schema';
import type { Viewer } from '@/lib/session';

export type BadRowsHeadings = {
  line: string;
  column: string;
  reason: string;
  /** Heading of the raw line, where cells could not be told apart. */
  source: string;
  reasonOf: (reason: BadReason) => string;
};

/**
 * Streams all kept bad rows as CSV: their own columns, then line, column and reason. Cells that a
 * spreadsheet would take for a formula are escaped.
 */
export function streamBadRows(
  viewer: Viewer,
  row: Pick<ImportView, 'id' | 'reading'>,
  headings: BadRowsHeadings,
): ReadableStream<Uint8Array> {
  const isTable = row.reading.format === 'csv';
  const columns = isTable
    ? row.reading.columns.map((name, at) => name || String(at + 1))
    : [headings.source];
  async function* records() {
    yield [...columns, headings.line, headings.column, headings.reason];
    let after: number | null = 0;
    while (after !== null) {
      const page: Awaited<ReturnType<typeof findBadRows>> = await findBadRows(viewer, {
        importId: row.id,
        after,
        take: 500,
      });
      for (const bad of page.rows) {
        const cells = columns.map((_, at) => bad.values[at] ?? '');
        // Cells past the header follow behind, so that nothing of the row is lost.
        const surplus = bad.values.slice(columns.length);
        yield [
          ...cells,
          String(bad.line),
          bad.column ?? '',
          headings.reasonOf(bad.reason),
          ...surplus,
        ];
      }
      after = page.next;
    }
  }
  const csv = Readable.from(records()).pipe(
    stringify({ bom: true, escape_formulas: true, record_delimiter: 'windows' }),
  );
  return Readable.toWeb(csv) as ReadableStream<Uint8Array>;
}
