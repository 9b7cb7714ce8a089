import 'server-only';
import type pg from 'pg';
import type { ImportCounts, ImportTarget } from '@/lib/imports/import-schema';
import type { Viewer } from '@/lib/session';

/** Rows that one statement writes; between two of them an import can be stopped. */
const BATCH_ROWS = 2_000;

export type WriteInput = {
  importId: string;
  datasetId: string;
  target: ImportTarget;
  fresh: number;
  onBatch: (written: number) => Promise<void>;
};

/**
 * Writes the picked rows as examples with their first revision and their findings.
 *
 * All of it stands in the caller's one transaction, not in batches that commit: so a reader never
 * sees half an import, a killed worker leaves nothing behind, and the job that is delivered again
 * begins afresh or finds the import done. Revisions come first, because filling their text
 * indexes takes most of the time; the dataset's row, on which people wait who add an example by
 * hand, is locked only after that.
 */
export async function writeExamples(
  client: pg.PoolClient,
  viewer: Viewer,
  input: WriteInput,
): Promise<{ firstNumber: number }> {
  await inBatches(input, async (after, upTo) => {
    await client.query(insertRevisions, [viewer.workspaceId, viewer.userId, after, upTo]);
    await input.onBatch(upTo);
  });
  const firstNumber = await takeNumbers(client, viewer, input);
  await inBatches(input, async (after, upTo) => {
    await client.query(insertExamples, [
      viewer.workspaceId,
      viewer.userId,
      after,
      upTo,
      input.datasetId,
      input.importId,
      input.target,
      firstNumber,
    ]);
    await client.query(insertFindings, [viewer.workspaceId, input.datasetId, after, upTo]);
    await input.onBatch(input.fresh);
  });
  return { firstNumber };
}

async function inBatches(
  { fresh }: WriteInput,
  write: (after: number, upTo: number) => Promise<void>,
): Promise<void> {
  for (let after = 0; after < fresh; after += BATCH_ROWS)
    await write(after, Math.min(fresh, after + BATCH_ROWS));
}

async function takeNumbers(
  client: pg.PoolClient,
  viewer: Viewer,
  input: WriteInput,
): Promise<number> {
  const { rows } = await client.query<{ next: number }>(
    `UPDATE "Dataset" SET "nextNumber" = "nextNumber" + $3
     WHERE "id" = $1 AND "workspaceId" = $2 AND "archivedAt" IS NULL RETURNING "nextNumber" AS next`,
    [input.datasetId, viewer.workspaceId, input.fresh],
  );
  if (!rows[0]) throw new Error('the dataset is gone');
  return rows[0].next - input.fresh;
}

const picked =
  'FROM import_fresh f JOIN import_stage s USING (line) WHERE f.seq > $3 AND f.seq <= $4';

const insertRevisions = `
  INSERT INTO "Revision" ("id", "workspaceId", "exampleId", "ordinal", "content", "contentHash",
    "authorId", "coAuthorId", "origin", "promptText", "replyText")
  SELECT f.revision_id, $1, f.example_id, 1, s.content, s.content_hash,
    $2, s.co_author, 'import', s.prompt_text, s.reply_text
  ${picked} ORDER BY f.seq`;

const insertExamples = `
  INSERT INTO "Example" ("id", "workspaceId", "datasetId", "number", "status", "topic", "tags",
    "groupKey", "source", "importId", "currentRevisionId", "promptHash", "pairHash",
    "createdById", "authorId", "submittedAt")
  SELECT f.example_id, $1, $5, $8::integer + f.seq - 1, $7::"ExampleStatus", s.topic, s.tags,
    s.group_key, 'import', $6, f.revision_id, s.prompt_hash, s.pair_hash,
    $2, $2, CASE WHEN $7 = 'in_review' THEN now() END
  ${picked} ORDER BY f.seq`;

const insertFindings = `
  INSERT INTO "Finding" ("workspaceId", "datasetId", "exampleId", "revisionId", "check", "ruleId",
    "severity", "spanStart", "spanEnd", "detail")
  SELECT $1, $2, f.example_id, f.revision_id, found."check", found."ruleId",
    found."severity"::"Severity", found."spanStart", found."spanEnd", found."detail"
  FROM import_fresh f JOIN import_stage s USING (line)
  CROSS JOIN LATERAL jsonb_to_recordset(s.findings)
    AS found("check" text, "ruleId" text, "severity" text, "spanStart" integer, "spanEnd" integer, "detail" jsonb)
  WHERE s.findings IS NOT NULL AND f.seq > $3 AND f.seq <= $4`;

/** Ends an import with its counts; false when it was not being imported any more. */
export async function finishImport(
  client: pg.PoolClient,
  importId: string,
  counts: ImportCounts,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE "Import" SET "state" = 'imported', "counts" = $2, "importedAt" = now(), "version" = "version" + 1
     WHERE "id" = $1 AND "state" = 'importing'`,
    [importId, JSON.stringify(counts)],
  );
  return rowCount === 1;
}
