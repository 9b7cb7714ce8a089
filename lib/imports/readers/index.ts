import type { ImportFormat } from '@/lib/imports/import-schema';
import { csvReader } from '@/lib/imports/readers/csv';
import { jsonlReader } from '@/lib/imports/readers/jsonl';
import type { ImportReader } from '@/lib/imports/readers/reader';

/** Every source format, in the order in which they are asked whether they know a file. */
export const importReaders: ImportReader[] = [jsonlReader, csvReader];

export function readerOf(format: ImportFormat): ImportReader {
  const reader = importReaders.find((candidate) => candidate.format === format);
  if (!reader) throw new Error(`no reader for ${format}`);
  return reader;
}
