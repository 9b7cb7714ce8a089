import 'server-only';
import { fileSize, readFileStream } from '@/lib/files';
import { decodeText, HEAD_BYTES } from '@/lib/imports/import-detection';
import { mapRow } from '@/lib/imports/import-rows';
import {
  type BadReason,
  type Mapping,
  PREVIEW_ROWS,
  type Reading,
} from '@/lib/imports/import-schema';
import { readerOf } from '@/lib/imports/readers';

/** The first bytes of a stored file. */
export async function readHead(fileKey: string): Promise<Uint8Array> {
  const end = Math.min(HEAD_BYTES, await fileSize(fileKey)) - 1;
  if (end < 0) return new Uint8Array();
  const chunks: Buffer[] = [];
  for await (const chunk of readFileStream(fileKey, { start: 0, end })) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export type PreviewRow =
  | {
      line: number;
      bad: false;
      system: string | null;
      messages: { role: 'user' | 'assistant'; content: string }[];
      reply: string;
      topic: string | null;
      groupKey: string | null;
      tags: string[];
      author: string;
    }
  | { line: number; bad: true; reason: BadReason; column: string | null; excerpt: string };

/** Longest text of a preview, in UTF-16 code units. */
const MAX_PREVIEW_TEXT = 600;

/** The first rows as they would be imported, and the first values of each column. Reads only as far as it must. */
export async function previewRows(
  fileKey: string,
  reading: Reading,
  mapping: Mapping,
): Promise<{ rows: PreviewRow[]; samples: string[] }> {
  const rows: PreviewRow[] = [];
  const samples = reading.columns.map(() => '');
  const text = decodeText(readFileStream(fileKey), reading.encoding);
  for await (const batch of readerOf(reading.format).read(text, reading)) {
    for (const row of batch) {
      if (rows.length >= PREVIEW_ROWS) return { rows, samples };
      if (row.kind === 'row')
        for (const [at, value] of row.values.entries()) samples[at] ||= cut(value, 120);
      const mapped = row.kind === 'bad' ? row : mapRow(row, { reading, mapping });
      if (mapped.kind === 'bad') {
        const { line, reason, column, excerpt } = mapped;
        rows.push({ line, bad: true, reason, column, excerpt });
      } else {
        const { line, content, topic, groupKey, tags, author } = mapped;
        rows.push({
          line,
          bad: false,
          system: content.system === undefined ? null : cut(content.system),
          messages: content.messages
            .slice(-6)
            .map(({ role, content }) => ({ role, content: cut(content) })),
          reply: cut(content.reply),
          topic,
          groupKey,
          tags,
          author,
        });
      }
    }
  }
  return { rows, samples };
}

function cut(text: string, limit = MAX_PREVIEW_TEXT): string {
  return text.length > limit ? `${text.slice(0, limit).toWellFormed()}…` : text;
}
