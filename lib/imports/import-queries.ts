import 'server-only';
import { db, pool } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { previewRows } from '@/lib/imports/import-head';
import {
  type BadReason,
  countsSchema,
  type ImportCounts,
  mappingSchema,
  readingSchema,
} from '@/lib/imports/import-schema';
import { countUndo } from '@/lib/imports/import-undo';
import { findLatestJob } from '@/lib/jobs';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';
import type { Prisma } from '@/prisma/generated/client';

const importSelect = {
  id: true,
  datasetId: true,
  fileName: true,
  bytes: true,
  reading: true,
  mapping: true,
  target: true,
  state: true,
  counts: true,
  version: true,
  createdById: true,
  createdAt: true,
  importedAt: true,
} satisfies Prisma.ImportSelect;

type ImportRecord = Prisma.ImportGetPayload<{ select: typeof importSelect }>;

function toView(row: ImportRecord) {
  return {
    ...row,
    bytes: Number(row.bytes),
    reading: readingSchema.parse(row.reading),
    mapping: mappingSchema.parse(row.mapping),
    counts: row.counts === null ? null : countsSchema.parse(row.counts),
  };
}

export type ImportView = ReturnType<typeof toView>;

/** One import of a dataset. Throws NOT_FOUND. */
export async function getImport(
  viewer: Viewer,
  input: { datasetId: string; importId: string },
): Promise<ImportView> {
  assertCan(viewer, 'import:create');
  const row = await db.import.findFirst({
    where: { id: input.importId, datasetId: input.datasetId, workspaceId: viewer.workspaceId },
    select: importSelect,
  });
  if (!row) throw new AppError('NOT_FOUND');
  return toView(row);
}

/** The first rows as they would be imported. Throws NOT_FOUND. */
export async function getImportPreview(
  viewer: Viewer,
  input: { importId: string; mapping?: unknown },
) {
  assertCan(viewer, 'import:create');
  const row = await db.import.findFirst({
    where: { id: input.importId, workspaceId: viewer.workspaceId, state: { not: 'cancelled' } },
    select: { fileKey: true, reading: true, mapping: true },
  });
  if (!row) throw new AppError('NOT_FOUND');
  const mapping = mappingSchema.parse(input.mapping ?? row.mapping);
  return previewRows(row.fileKey, readingSchema.parse(row.reading), mapping);
}

export type ImportPreview = Awaited<ReturnType<typeof getImportPreview>>;

/** Bad rows of a page, and of a chunk of the download. */
const BAD_ROWS_A_PAGE = 50;

export type BadRowView = {
  line: number;
  column: string | null;
  reason: BadReason;
  excerpt: string;
  values: string[];
};

/** The bad rows after a line, in the order of the file; `next` is the line to go on after. */
export async function findBadRows(
  viewer: Viewer,
  input: { importId: string; after?: number; take?: number },
): Promise<{ rows: BadRowView[]; next: number | null }> {
  assertCan(viewer, 'import:create');
  const take = Math.min(input.take ?? BAD_ROWS_A_PAGE, 500);
  const rows = await db.importRow.findMany({
    where: {
      importId: input.importId,
      import: { workspaceId: viewer.workspaceId },
      line: { gt: input.after ?? 0 },
    },
    orderBy: { line: 'asc' },
    take: take + 1,
    select: { line: true, column: true, reason: true, excerpt: true, values: true },
  });
  const page = rows.slice(0, take).map((row) => ({
    ...row,
    reason: row.reason as BadReason,
    values: Array.isArray(row.values) ? row.values.map(String) : [],
  }));
  return { rows: page, next: rows.length > take ? (page.at(-1)?.line ?? null) : null };
}

export type ImportSummary = {
  id: string;
  fileName: string;
  state: ImportRecord['state'];
  createdAt: Date;
  createdBy: string;
  counts: ImportCounts | null;
};

/** The newest imports of a dataset that were not given up. */
export async function findImports(viewer: Viewer, datasetId: string): Promise<ImportSummary[]> {
  assertCan(viewer, 'import:create');
  const rows = await db.import.findMany({
    where: { datasetId, workspaceId: viewer.workspaceId, state: { not: 'cancelled' } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: 50,
    select: {
      id: true,
      fileName: true,
      state: true,
      createdAt: true,
      createdById: true,
      counts: true,
    },
  });
  const people = await db.user.findMany({
    where: { id: { in: [...new Set(rows.map((row) => row.createdById))] } },
    select: { id: true, name: true },
  });
  const names = new Map(people.map((person) => [person.id, person.name]));
  return rows.map(({ createdById, counts, ...row }) => ({
    ...row,
    counts: counts === null ? null : countsSchema.parse(counts),
    createdBy: names.get(createdById) ?? '',
  }));
}

/** What an undo would bin and keep now. */
export async function getUndoEffect(
  viewer: Viewer,
  importId: string,
): Promise<{ binned: number; kept: number }> {
  assertCan(viewer, 'import:create');
  return countUndo(pool(), viewer, importId);
}

/** The newest job of an import: what the page shows while it runs, and why it ended. */
export function findImportJob(viewer: Viewer, importId: string) {
  assertCan(viewer, 'import:create');
  return findLatestJob(viewer, importId);
}
