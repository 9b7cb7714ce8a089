import 'server-only';
import type { AuditAction } from '@/lib/audit/action-names';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db, type Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { createFileKey, deleteFile, storeFile } from '@/lib/files';
import { headerFingerprint } from '@/lib/imports/header-fingerprint';
import { changeReading, detectReading, FileInspector } from '@/lib/imports/import-detection';
import { readHead } from '@/lib/imports/import-head';
import { cleanFileName, mappingFits, mappingIsComplete } from '@/lib/imports/import-rules';
import {
  type ImportState,
  type ImportTarget,
  MAX_IMPORT_BYTES,
  type Mapping,
  mappingSchema,
  type ReadingChange,
  readingSchema,
} from '@/lib/imports/import-schema';
import { rememberedMapping } from '@/lib/imports/remembered-mapping';
import { startJob } from '@/lib/jobs';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';
import type { Prisma } from '@/prisma/generated/client';

/**
 * Streams an uploaded file into the store, works out how to read it and suggests a mapping: that
 * of the last import of this dataset with the same columns, else by the columns' names. With an
 * `id` of the caller's making a repeated upload of one file answers the import that the first one
 * made. Throws NOT_FOUND, TOO_LARGE past 500 MB, INVALID for what is no text.
 */
export async function createImport(
  viewer: Viewer,
  input: { id?: string; datasetId: string; fileName: string; body: AsyncIterable<Uint8Array> },
): Promise<{ id: string }> {
  assertCan(viewer, 'import:create');
  await requireDataset(db, viewer, input.datasetId);
  const inspector = new FileInspector();
  async function* inspected() {
    for await (const chunk of input.body) {
      inspector.write(chunk);
      yield chunk;
    }
  }
  const stored = await storeFile(createFileKey('imports'), inspected(), {
    maxBytes: MAX_IMPORT_BYTES,
  });
  try {
    const { head, isUtf8 } = inspector.end();
    const reading = detectReading(head, isUtf8);
    if ('fault' in reading) throw new AppError('INVALID', `imports.errors.${reading.fault}`);
    const { id, isNew } = await db.$transaction(async (tx) => {
      await requireDataset(tx, viewer, input.datasetId);
      const earlier = input.id ? await findEarlier(tx, viewer, { ...input, id: input.id }) : null;
      if (earlier) return { ...earlier, isNew: false };
      const row = await tx.import.create({
        data: {
          ...(input.id ? { id: input.id } : {}),
          workspaceId: viewer.workspaceId,
          datasetId: input.datasetId,
          fileName: cleanFileName(input.fileName),
          fileKey: stored.key,
          bytes: stored.bytes,
          sha256: stored.sha256,
          format: reading.format,
          reading,
          mapping: await rememberedMapping(tx, viewer, input.datasetId, reading),
          createdById: viewer.userId,
        },
        select: { id: true },
      });
      await audit(tx, viewer, 'import.uploaded', row.id, { bytes: stored.bytes });
      return { ...row, isNew: true };
    });
    if (!isNew) await deleteFile(stored.key);
    return { id };
  } catch (error) {
    await deleteFile(stored.key);
    throw error;
  }
}

/** Reads the file in another way. Throws CONFLICT when somebody else changed it first. */
export async function changeImportReading(
  viewer: Viewer,
  input: { importId: string; version: number; change: ReadingChange },
): Promise<{ version: number }> {
  assertCan(viewer, 'import:create');
  const row = await findImport(viewer, input.importId);
  const before = readingSchema.parse(row.reading);
  const reading = changeReading(await readHead(row.fileKey), before, input.change);
  return db.$transaction(async (tx) => {
    const keeps = headerFingerprint(before) === headerFingerprint(reading);
    await moveImport(tx, viewer, input, ['uploaded', 'checked'], {
      state: 'uploaded',
      format: reading.format,
      reading,
      ...(keeps ? {} : { mapping: await rememberedMapping(tx, viewer, row.datasetId, reading) }),
    });
    await audit(tx, viewer, 'import.reading_changed', row.id, { format: reading.format });
    return { version: input.version + 1 };
  });
}

/** Stores which column feeds what; an earlier check no longer counts. */
export async function changeImportMapping(
  viewer: Viewer,
  input: { importId: string; version: number; mapping: Mapping },
): Promise<{ version: number }> {
  assertCan(viewer, 'import:create');
  const row = await findImport(viewer, input.importId);
  const mapping = mappingSchema.parse(input.mapping);
  if (!mappingFits(mapping, readingSchema.parse(row.reading)))
    throw new AppError('INVALID', 'imports.errors.mapping');
  await db.$transaction(async (tx) => {
    await moveImport(tx, viewer, input, ['uploaded', 'checked'], { state: 'uploaded', mapping });
    await audit(tx, viewer, 'import.mapping_changed', row.id, {});
  });
  return { version: input.version + 1 };
}

/** Starts the dry run. Throws INVALID while prompt or reply have no column. */
export async function startImportCheck(
  viewer: Viewer,
  input: { importId: string; version: number },
): Promise<{ jobId: string }> {
  assertCan(viewer, 'import:create');
  const row = await findImport(viewer, input.importId);
  const mapping = mappingSchema.parse(row.mapping);
  if (!mappingIsComplete(mapping, readingSchema.parse(row.reading)))
    throw new AppError('INVALID', 'imports.errors.mapping');
  return moveAndStart(viewer, input, {
    from: ['uploaded', 'checked'],
    data: { state: 'checking' },
    kind: 'import.check',
    action: 'import.check_started',
  });
}

/** Starts the import that was checked, exactly as it was checked. */
export async function startImportCommit(
  viewer: Viewer,
  input: { importId: string; version: number; target: ImportTarget },
): Promise<{ jobId: string }> {
  assertCan(viewer, 'import:create');
  if (input.target === 'in_review') assertCan(viewer, 'example:submit');
  await findImport(viewer, input.importId);
  return moveAndStart(viewer, input, {
    from: ['checked'],
    data: { state: 'importing', target: input.target },
    kind: 'import.commit',
    target: input.target,
    action: 'import.commit_started',
  });
}

/** Starts taking an import back. The person who imported may, and admins. */
export async function startImportUndo(
  viewer: Viewer,
  input: { importId: string; version: number },
): Promise<{ jobId: string }> {
  assertCan(viewer, 'import:create');
  const row = await findImport(viewer, input.importId);
  if (row.createdById !== viewer.userId && viewer.role !== 'admin') throw new AppError('FORBIDDEN');
  return moveAndStart(viewer, input, {
    from: ['imported'],
    data: { state: 'undoing' },
    kind: 'import.undo',
    action: 'import.undo_started',
  });
}

/** Gives up an import that was not carried out; its file and its bad rows are removed. */
export async function discardImport(
  viewer: Viewer,
  input: { importId: string; version: number },
): Promise<void> {
  assertCan(viewer, 'import:create');
  const row = await findImport(viewer, input.importId);
  await db.$transaction(async (tx) => {
    await moveImport(tx, viewer, input, ['uploaded', 'checked', 'failed'], { state: 'cancelled' });
    await tx.importRow.deleteMany({ where: { importId: row.id } });
    await audit(tx, viewer, 'import.discarded', row.id, {});
  });
  await deleteFile(row.fileKey);
}

/** Writes into the record that somebody took the bad rows of an import, which hold its texts. */
export async function recordBadRowsDownload(viewer: Viewer, importId: string): Promise<void> {
  assertCan(viewer, 'import:create');
  await db.$transaction((tx) => audit(tx, viewer, 'import.bad_rows_downloaded', importId, {}));
}

async function requireDataset(tx: Tx, viewer: Viewer, datasetId: string): Promise<void> {
  const dataset = await tx.dataset.findFirst({
    where: { id: datasetId, workspaceId: viewer.workspaceId, archivedAt: null },
    select: { id: true },
  });
  if (!dataset) throw new AppError('NOT_FOUND');
}

const findEarlier = (
  tx: Tx,
  viewer: Viewer,
  { id, datasetId }: { id: string; datasetId: string },
) =>
  tx.import.findFirst({
    where: { id, datasetId, workspaceId: viewer.workspaceId, createdById: viewer.userId },
    select: { id: true },
  });

async function findImport(viewer: Viewer, importId: string) {
  const row = await db.import.findFirst({
    where: { id: importId, workspaceId: viewer.workspaceId, dataset: { archivedAt: null } },
    select: {
      id: true,
      datasetId: true,
      fileKey: true,
      reading: true,
      mapping: true,
      createdById: true,
    },
  });
  if (!row) throw new AppError('NOT_FOUND');
  return row;
}

async function moveImport(
  tx: Tx,
  viewer: Viewer,
  input: { importId: string; version: number },
  from: ImportState[],
  data: Prisma.ImportUpdateManyMutationInput,
): Promise<void> {
  const { count } = await tx.import.updateMany({
    where: {
      id: input.importId,
      workspaceId: viewer.workspaceId,
      version: input.version,
      state: { in: from },
    },
    data: { ...data, version: { increment: 1 } },
  });
  if (count === 0) throw new AppError('CONFLICT', 'imports.errors.changed');
}

/** Moves an import on and starts its job; the same request again answers the job that it started. */
async function moveAndStart(
  viewer: Viewer,
  input: { importId: string; version: number },
  move: {
    from: ImportState[];
    data: Prisma.ImportUpdateManyMutationInput;
    kind: 'import.check' | 'import.commit' | 'import.undo';
    target?: ImportTarget;
    action: AuditAction;
  },
): Promise<{ jobId: string }> {
  return db.$transaction(async (tx) => {
    // What the job was started from; whoever asks for the same again is told of it.
    const started = { version: input.version, target: move.target ?? null };
    // Identical requests wait here for the first of them.
    await tx.$queryRaw`
      SELECT 1 FROM "Import" WHERE "id" = ${input.importId}::uuid
        AND "workspaceId" = ${viewer.workspaceId}::uuid FOR NO KEY UPDATE`;
    const earlier = await tx.job.findFirst({
      where: {
        workspaceId: viewer.workspaceId,
        createdById: viewer.userId,
        subjectId: input.importId,
        kind: move.kind,
        input: { equals: started },
      },
      select: { id: true },
    });
    if (earlier) return { jobId: earlier.id };
    await moveImport(tx, viewer, input, move.from, move.data);
    const job = await startJob(tx, viewer, {
      kind: move.kind,
      subjectId: input.importId,
      input: started,
    });
    await audit(tx, viewer, move.action, input.importId, { jobId: job.id });
    return { jobId: job.id };
  });
}

const audit = (
  tx: Tx,
  viewer: Viewer,
  action: AuditAction,
  importId: string,
  data: Prisma.InputJsonObject,
) => recordAudit(tx, viewer, { action, subjectType: 'import', subjectId: importId, data });
