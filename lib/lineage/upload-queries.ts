import 'server-only';
import { db, Prisma } from '@/lib/db';
import { readFileStream } from '@/lib/files';
import { decodeText } from '@/lib/imports/import-detection';
import { type Reading, readingSchema } from '@/lib/imports/import-schema';
import { readerOf } from '@/lib/imports/readers';
import type { ReadRow } from '@/lib/imports/readers/reader';
import { holdsOf, type Search } from '@/lib/lineage/person-search';

/** Imports whose stored file holds the text: carried out ones, and those that somebody must discard. */
export type InUploads = { carriedOut: string[]; waiting: string[] };

const carriedOut: readonly string[] = ['imported', 'undoing', 'undone'];

const textsOf = (row: ReadRow): string[] =>
  row.kind === 'row' && row.conversation
    ? [...row.values, row.conversation.system ?? '', row.conversation.reply].concat(
        row.conversation.messages.map(({ content }) => content),
      )
    : row.values;

async function someHold(search: Search, texts: string[]): Promise<boolean> {
  const { inText } = holdsOf(search);
  const [row] = await db.$queryRaw<{ holds: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM jsonb_array_elements_text(${JSON.stringify(texts)}::jsonb) AS t("text")
      WHERE ${inText(Prisma.sql`t."text"`)}) AS "holds"`;
  return row?.holds ?? false;
}

/** Reads a file row by row as its import does, up to the first that holds the text. */
async function holdsInFile(search: Search, fileKey: string, reading: Reading): Promise<boolean> {
  const text = decodeText(readFileStream(fileKey), reading.encoding);
  for await (const batch of readerOf(reading.format).read(text, reading)) {
    const texts = batch.flatMap(textsOf).map((one) => one.replaceAll('\0', '').toWellFormed());
    if (texts.length > 0 && (await someHold(search, texts))) return true;
  }
  return false;
}

const isGone = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** Looks through every uploaded file of the workspace; one that was removed holds nothing. */
export async function findInUploads(search: Search): Promise<InUploads> {
  const imports = await db.import.findMany({
    where: { workspaceId: search.workspaceId },
    orderBy: { id: 'asc' },
    select: { id: true, state: true, fileKey: true, reading: true },
  });
  const found: InUploads = { carriedOut: [], waiting: [] };
  for (const { id, state, fileKey, reading } of imports) {
    const holds = await holdsInFile(search, fileKey, readingSchema.parse(reading)).catch(
      (error) => {
        if (isGone(error)) return false;
        throw error;
      },
    );
    if (holds) found[carriedOut.includes(state) ? 'carriedOut' : 'waiting'].push(id);
  }
  return found;
}
