import 'server-only';
import { db } from '@/lib/db';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';

/** Uses that a page lists. */
const SHOWN = 10;

/** The model of the same dataset that is in use, if one is. */
export async function findModelInUse(viewer: Viewer, datasetId: string) {
  assertCan(viewer, 'model:read');
  const use = await db.modelUse.findFirst({
    where: { datasetId, workspaceId: viewer.workspaceId, endedAt: null },
    select: { model: { select: { id: true, name: true } } },
  });
  return use?.model ?? null;
}

/** The times that a model was in use, the newest first, with those who decided. */
export async function findUses(viewer: Viewer, modelId: string) {
  assertCan(viewer, 'model:read');
  const uses = await db.modelUse.findMany({
    where: { modelId, workspaceId: viewer.workspaceId },
    orderBy: { id: 'desc' },
    take: SHOWN,
    select: {
      id: true,
      standing: true,
      reason: true,
      at: true,
      endedAt: true,
      createdById: true,
      erasureId: true,
    },
  });
  const people = await db.user.findMany({
    where: { id: { in: uses.map(({ createdById }) => createdById) } },
    select: { id: true, name: true },
  });
  return uses.map(({ createdById, erasureId, ...use }) => ({
    ...use,
    isErased: erasureId !== null,
    by: people.find(({ id }) => id === createdById)?.name ?? null,
  }));
}
export type ModelUseRow = Awaited<ReturnType<typeof findUses>>[number];
