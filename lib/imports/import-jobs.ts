import 'server-only';
import type pg from 'pg';
import { z } from 'zod';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { publish } from '@/lib/events';
import { loadBriefForChecks } from '@/lib/examples/example-findings';
import { loadAuthorLookup } from '@/lib/imports/import-authors';
import { finishImport, writeExamples } from '@/lib/imports/import-commit';
import { countStage } from '@/lib/imports/import-counts';
import { mappingIsComplete } from '@/lib/imports/import-rules';
import {
  type ImportState,
  importTargets,
  mappingSchema,
  readingSchema,
} from '@/lib/imports/import-schema';
import { pickFreshRows, stageFile } from '@/lib/imports/import-stage';
import {
  lockDatasetForImport,
  recordImportAudit,
  withImportTransaction,
} from '@/lib/imports/import-transaction';
import { undoImportRows } from '@/lib/imports/import-undo';
import { defineJob, type JobContext } from '@/lib/jobs';
import { assertCan } from '@/lib/permissions';

/** What the person asked for; kept so that the same request again finds its job. */
const inputSchema = z.object({
  version: z.int().optional(),
  target: z.enum(importTargets).nullish(),
});
type Context = JobContext<z.infer<typeof inputSchema>>;

async function loadImport(context: Context) {
  assertCan(context.viewer, 'import:create');
  const row = await db.import.findFirst({
    where: { id: context.subjectId, workspaceId: context.viewer.workspaceId },
  });
  if (!row) throw new AppError('NOT_FOUND');
  return row;
}

type LoadedImport = Awaited<ReturnType<typeof loadImport>>;

async function stage(
  client: pg.PoolClient,
  context: Context,
  row: LoadedImport,
  withTexts: boolean,
  onPiece: (read: { bytes: number; rows: number }) => Promise<void>,
) {
  const reading = readingSchema.parse(row.reading);
  const mapping = mappingSchema.parse(row.mapping);
  if (!mappingIsComplete(mapping, reading)) throw new AppError('INVALID', 'imports.errors.mapping');
  const staged = await stageFile(client, {
    fileKey: row.fileKey,
    reading,
    mapping,
    brief: await loadBriefForChecks(db, row.datasetId),
    findAuthor: await loadAuthorLookup(context.viewer),
    importerId: context.viewer.userId,
    withTexts,
    onPiece,
  });
  const fresh = await pickFreshRows(client, row.datasetId);
  return { fresh, counts: await countStage(client, row.datasetId, staged, fresh) };
}

/** Stops at most twice a second to ask whether it should go on. */
function stopper(context: Context): () => Promise<void> {
  let last = 0;
  return async () => {
    context.signal.throwIfAborted();
    if (performance.now() - last < 500) return;
    last = performance.now();
    await context.throwIfCancelled();
  };
}

/** The dry run: counts, and keeps the bad rows. Nothing else is written. */
export const importCheckJob = defineJob({
  kind: 'import.check',
  input: inputSchema,
  async run(context) {
    const row = await loadImport(context);
    if (row.state !== 'checking') return {};
    const stopIfAsked = stopper(context);
    const total = Math.max(1, Math.round(Number(row.bytes) / 1_000));
    await withImportTransaction(async (client) => {
      const { counts } = await stage(client, context, row, false, async ({ bytes }) => {
        await context.progress(Math.round(bytes / 1_000), total, 'importCheck');
        await stopIfAsked();
      });
      await client.query('DELETE FROM "ImportRow" WHERE "importId" = $1', [row.id]);
      await client.query(
        `INSERT INTO "ImportRow" ("importId", "line", "column", "reason", "values", "excerpt")
         SELECT $1, line, bad->>'column', bad->>'reason', bad->'values', bad->>'excerpt'
         FROM import_stage WHERE bad IS NOT NULL`,
        [row.id],
      );
      const { rowCount } = await client.query(
        `UPDATE "Import" SET "state" = 'checked', "counts" = $2, "version" = "version" + 1
         WHERE "id" = $1 AND "state" = 'checking'`,
        [row.id, JSON.stringify(counts)],
      );
      if (rowCount !== 1) throw new AppError('CONFLICT');
      const { rows, fresh, duplicates, bad } = counts;
      await recordImportAudit(client, context.viewer, 'import.checked', row.id, {
        rows,
        fresh,
        duplicates,
        bad,
      });
    });
    return {};
  },
  onEnd: (end) => putBack(end, 'checking', 'uploaded'),
});

/** Writes the examples, all or none. Delivered again it finds the import done, or begins afresh. */
export const importCommitJob = defineJob({
  kind: 'import.commit',
  input: inputSchema,
  async run(context) {
    const row = await loadImport(context);
    if (row.state === 'imported') return {};
    const target = z.enum(importTargets).parse(row.target);
    const stopIfAsked = stopper(context);
    const total = z.object({ rows: z.int() }).parse(row.counts).rows;
    await withImportTransaction(async (client) => {
      await lockDatasetForImport(client, row.datasetId);
      const { rows } = await client.query<{ state: ImportState }>(
        'SELECT "state" FROM "Import" WHERE "id" = $1',
        [row.id],
      );
      // A delivery that waited for its twin finds the work done.
      if (rows[0]?.state === 'imported') return;
      if (rows[0]?.state !== 'importing') throw new AppError('CONFLICT');
      const { fresh, counts } = await stage(client, context, row, true, async (read) => {
        await context.progress(read.rows, total, 'importRead');
        await stopIfAsked();
      });
      const { firstNumber } = await writeExamples(client, context.viewer, {
        importId: row.id,
        datasetId: row.datasetId,
        target,
        fresh,
        onBatch: async (written) => {
          await context.progress(written, fresh, 'importWrite');
          await stopIfAsked();
        },
      });
      if (!(await finishImport(client, row.id, counts))) throw new AppError('CONFLICT');
      await recordImportAudit(client, context.viewer, 'import.committed', row.id, {
        rows: counts.rows,
        fresh,
        duplicates: counts.duplicates,
        bad: counts.bad,
        firstNumber,
        target,
      });
    });
    await publish(db, `dataset:${row.datasetId}`);
    return {};
  },
  onEnd: (end) => putBack(end, 'importing', 'checked'),
});

/** Bins what nobody touched since the import. */
export const importUndoJob = defineJob({
  kind: 'import.undo',
  input: inputSchema,
  async run(context) {
    const row = await loadImport(context);
    if (row.state === 'undone') return {};
    await withImportTransaction(async (client) => {
      await undoImportRows(client, context.viewer, row);
    });
    await publish(db, `dataset:${row.datasetId}`);
    return {};
  },
  onEnd: (end) => putBack(end, 'undoing', 'imported'),
});

/** After a cancelled or failed job the import stands where it stood before it. */
async function putBack(
  end: Parameters<NonNullable<Parameters<typeof defineJob>[0]['onEnd']>>[0],
  during: ImportState,
  before: ImportState,
): Promise<void> {
  await db.$transaction(async (tx) => {
    const { count } = await tx.import.updateMany({
      where: { id: end.subjectId, state: during },
      data: { state: before, version: { increment: 1 } },
    });
    if (count === 0) return;
    await recordAudit(tx, end.begun, {
      action: end.state === 'cancelled' ? 'import.job_cancelled' : 'import.job_failed',
      subjectType: 'import',
      subjectId: end.subjectId,
      data: { during },
    });
  });
}
