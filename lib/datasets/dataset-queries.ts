import 'server-only';
import { db, Prisma, type Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { findBorder, type PageInput, toPage } from '@/lib/paging';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';

const datasetSelect = {
  id: true,
  name: true,
  version: true,
  createdAt: true,
  archivedAt: true,
  allowTokenDecisions: true,
} satisfies Prisma.DatasetSelect;

const isUuid = (id: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);

/** One dataset of the workspace, archived ones included. Throws NOT_FOUND. */
export async function getDataset(viewer: Viewer, id: string) {
  assertCan(viewer, 'example:read');
  const dataset = isUuid(id)
    ? await db.dataset.findFirst({
        where: { id, workspaceId: viewer.workspaceId },
        select: datasetSelect,
      })
    : null;
  if (!dataset) throw new AppError('NOT_FOUND');
  return dataset;
}

export type DatasetView = Awaited<ReturnType<typeof getDataset>>;

/**
 * The datasets in use with their counts, by name, at most 500; `archived` asks for the archived ones
 * instead.
 */
export async function findDatasets(viewer: Viewer, { archived = false } = {}) {
  return (await findDatasetPage(viewer, { archived }, { limit: 500, after: null })).rows;
}

/** The same, page by page. */
export async function findDatasetPage(
  viewer: Viewer,
  { archived }: { archived: boolean },
  { limit, after }: PageInput,
) {
  assertCan(viewer, 'example:read');
  const { workspaceId } = viewer;
  const border = await findBorder(after, (id) =>
    db.dataset.findFirst({ where: { workspaceId, id }, select: { name: true } }),
  );
  const datasets = await db.dataset.findMany({
    where: {
      workspaceId,
      archivedAt: archived ? { not: null } : null,
      // A name is taken once in a workspace.
      ...(border ? { name: { gt: border.name } } : {}),
    },
    orderBy: { name: 'asc' },
    take: limit + 1,
    select: datasetSelect,
  });
  const { rows, next } = toPage(datasets, limit);
  const counts = await countExamples(
    viewer,
    rows.map((dataset) => dataset.id),
  );
  const none = { examples: 0, inReview: 0 };
  return { rows: rows.map((row) => ({ ...row, ...(counts.get(row.id) ?? none) })), next };
}

export type DatasetListItem = Awaited<ReturnType<typeof findDatasets>>[number];

async function countExamples(viewer: Viewer, datasetIds: string[]) {
  const rows = await db.example.groupBy({
    by: ['datasetId', 'status'],
    where: { workspaceId: viewer.workspaceId, datasetId: { in: datasetIds }, binnedAt: null },
    _count: { _all: true },
  });
  const counts = new Map<string, { examples: number; inReview: number }>();
  for (const row of rows) {
    const count = counts.get(row.datasetId) ?? { examples: 0, inReview: 0 };
    if (row.status !== 'retired') count.examples += row._count._all;
    if (row.status === 'in_review') count.inReview += row._count._all;
    counts.set(row.datasetId, count);
  }
  return counts;
}

/**
 * Locks a dataset's row until the transaction ends: writers of numbers, versions and placements
 * wait for each other here. Throws NOT_FOUND outside the viewer's workspace.
 */
export async function lockDataset(tx: Tx, viewer: Viewer, datasetId: string) {
  const rows = await tx.$queryRaw<
    {
      id: string;
      nextNumber: number;
      nextRelease: number;
      version: number;
      archivedAt: Date | null;
    }[]
  >(Prisma.sql`
    SELECT "id", "nextNumber", "nextRelease", "version", "archivedAt" FROM "Dataset"
    WHERE "id" = ${datasetId}::uuid AND "workspaceId" = ${viewer.workspaceId}::uuid FOR UPDATE`);
  const [row] = rows;
  if (!row) throw new AppError('NOT_FOUND');
  return row;
}
