import 'server-only';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { hasBlocker } from '@/lib/checks/check-content';
import { checkExample } from '@/lib/checks/check-example';
import { promptText } from '@/lib/examples/content';
import { contentHash, duplicateKeys } from '@/lib/examples/content-hash';
import type { BriefForChecks } from '@/lib/examples/example-findings';
import { readFileStream } from '@/lib/files';
import type { AuthorLookup } from '@/lib/imports/import-authors';
import { decodeText } from '@/lib/imports/import-detection';
import { type ImportItem, mapRow } from '@/lib/imports/import-rows';
import { MAX_BAD_ROWS_KEPT, type Mapping, type Reading } from '@/lib/imports/import-schema';
import { readerOf } from '@/lib/imports/readers';
import type { BadRow } from '@/lib/imports/readers/reader';

export type StageInput = {
  fileKey: string;
  reading: Reading;
  mapping: Mapping;
  brief: BriefForChecks | null;
  findAuthor: AuthorLookup;
  /** Whose import it is: as a co-author they would be named twice. */
  importerId: string;
  /** With texts and findings, for writing; without, for counting. */
  withTexts: boolean;
  /** Called after each piece of the file with what has been read so far. May throw to stop. */
  onPiece: (read: { bytes: number; rows: number }) => Promise<void>;
};

export type StageCounts = { rows: number; bad: number; unknownAuthors: number };

/**
 * Streams the file of an import into a temporary table, so that keys and texts are held by the
 * database and the memory of this process does not grow with the file. The table is gone with
 * the transaction.
 */
export async function stageFile(client: pg.PoolClient, input: StageInput): Promise<StageCounts> {
  await client.query(`
    CREATE TEMP TABLE import_stage (
      line integer NOT NULL, bad jsonb,
      prompt_hash text, pair_hash text, topic text, group_key text, tags text[], co_author uuid, blocked boolean,
      content jsonb, content_hash text, prompt_text text, reply_text text, findings jsonb
    ) ON COMMIT DROP`);
  const counts: StageCounts = { rows: 0, bad: 0, unknownAuthors: 0 };
  await pipeline(
    Readable.from(stageLines(input, counts), { objectMode: false }),
    client.query(copyFrom('COPY import_stage FROM STDIN')),
  );
  await client.query('CREATE INDEX ON import_stage (line)');
  await client.query('ANALYZE import_stage');
  return counts;
}

async function* stageLines(input: StageInput, counts: StageCounts): AsyncGenerator<string> {
  let bytes = 0;
  async function* measured() {
    for await (const chunk of readFileStream(input.fileKey)) {
      bytes += (chunk as Buffer).length;
      yield chunk as Buffer;
    }
  }
  const text = decodeText(measured(), input.reading.encoding);
  for await (const batch of readerOf(input.reading.format).read(text, input.reading)) {
    let lines = '';
    for (const row of batch) {
      const mapped = row.kind === 'bad' ? row : mapRow(row, input);
      counts.rows += 1;
      if (mapped.kind === 'bad') {
        counts.bad += 1;
        if (counts.bad <= MAX_BAD_ROWS_KEPT) lines += badLine(mapped);
      } else {
        lines += itemLine(mapped, input, counts);
      }
    }
    if (lines !== '') yield lines;
    await input.onPiece({ bytes, rows: counts.rows });
  }
}

function itemLine(item: ImportItem, input: StageInput, counts: StageCounts): string {
  const { content } = item;
  const { promptHash, pairHash } = duplicateKeys(content);
  const author = item.author === '' ? null : input.findAuthor(item.author);
  if (item.author !== '' && author === null) counts.unknownAuthors += 1;
  const findings = checkExample(input.brief ?? { rules: [], slots: [] }, content);
  const keys = [
    String(item.line),
    null,
    promptHash,
    pairHash,
    item.topic,
    item.groupKey,
    arrayLiteral(item.tags),
    author === input.importerId ? null : author,
    hasBlocker(findings) ? 't' : 'f',
  ];
  if (!input.withTexts) return copyLine([...keys, null, null, null, null, null]);
  return copyLine([
    ...keys,
    JSON.stringify(content),
    contentHash(content),
    promptText(content),
    content.reply,
    findings.length > 0 ? JSON.stringify(findings) : null,
  ]);
}

/** Longest cell of a bad row that is kept, in UTF-16 code units. */
const MAX_BAD_CELL = 32_000;

function badLine(row: BadRow): string {
  const { column, reason } = row;
  const bad = {
    column: column === null ? null : storable(column),
    reason,
    values: row.values.map((value) => storable(value.slice(0, MAX_BAD_CELL))),
    excerpt: storable(row.excerpt),
  };
  const rest = Array<null>(12).fill(null);
  return copyLine([String(row.line), JSON.stringify(bad), ...rest]);
}

/** PostgreSQL stores neither NUL nor lone surrogates; a bad row shows signs in their place. */
function storable(text: string): string {
  return text.replaceAll('\u0000', '\u2400').toWellFormed();
}

function arrayLiteral(values: string[]): string {
  return `{${values.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}

const special: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** A line of COPY's text format. */
function copyLine(values: (string | null)[]): string {
  const cells = values.map((value) =>
    value === null ? '\\N' : value.replace(/[\\\t\n\r]/g, (found) => special[found] as string),
  );
  return `${cells.join('\t')}\n`;
}

/**
 * Picks the rows that make examples: the first of each prompt and reply that the dataset does not
 * hold yet (the bin does not count). Gives them their ids, in the order of the file.
 */
export async function pickFreshRows(client: pg.PoolClient, datasetId: string): Promise<number> {
  await client.query(
    `CREATE TEMP TABLE import_fresh ON COMMIT DROP AS
     SELECT line, seq::integer AS seq, uuidv7() AS example_id, uuidv7() AS revision_id FROM (
       SELECT line, row_number() OVER (ORDER BY line) AS seq FROM (
         SELECT DISTINCT ON (pair_hash) line, pair_hash FROM import_stage
         WHERE bad IS NULL ORDER BY pair_hash, line
       ) first
       WHERE NOT EXISTS (
         SELECT 1 FROM "Example" e
         WHERE e."datasetId" = $1 AND e."pairHash" = first.pair_hash AND e."binnedAt" IS NULL)
       ORDER BY line
     ) ordered`,
    [datasetId],
  );
  await client.query('CREATE INDEX ON import_fresh (seq)');
  await client.query('ANALYZE import_fresh');
  const { rows } = await client.query<{ fresh: number }>(
    'SELECT count(*)::integer AS fresh FROM import_fresh',
  );
  return rows[0]?.fresh ?? 0;
}
