import 'server-only';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db, type Prisma } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';
import { findCanaries } from './item-queries';
import {
  type Canary,
  MAX_OWN_ITEMS,
  type OwnCanary,
  type OwnItem,
  type RegressionKind,
  regressionItemSchema,
  toItem,
} from './regression-schema';

/** Adds an item of the workspace's own to the regression set. Throws CONFLICT past MAX_OWN_ITEMS. */
export async function addRegressionItem(viewer: Viewer, input: OwnItem): Promise<{ id: string }> {
  const {
    id: _,
    kind,
    ...content
  } = regressionItemSchema.parse(toItem('00000000-0000-7000-8000-000000000000', input));
  return addOwn(viewer, kind, content);
}

/**
 * Adds a canary of the workspace's own: an answer that says its secret counts as bad in models
 * that were trained on it. Throws CONFLICT past MAX_OWN_ITEMS.
 */
export const addCanary = (viewer: Viewer, input: OwnCanary): Promise<{ id: string }> =>
  addOwn(viewer, 'canary', input);

async function addOwn(
  viewer: Viewer,
  kind: RegressionKind | 'canary',
  content: Prisma.InputJsonObject,
): Promise<{ id: string }> {
  assertCan(viewer, 'regression:manage');
  return db.$transaction(async (tx) => {
    // Those who add an item to a workspace wait for each other here.
    await tx.$queryRaw`SELECT 1 FROM "Workspace" WHERE "id" = ${viewer.workspaceId}::uuid FOR NO KEY UPDATE`;
    const count = await tx.regressionItem.count({
      where: { workspaceId: viewer.workspaceId, retiredAt: null },
    });
    if (count >= MAX_OWN_ITEMS)
      throw new AppError('CONFLICT', 'regression.errors.tooMany', { count: MAX_OWN_ITEMS });
    const row = await tx.regressionItem.create({
      data: { workspaceId: viewer.workspaceId, kind, content, createdById: viewer.userId },
      select: { id: true },
    });
    await recordAudit(tx, viewer, {
      action: 'regression.item_added',
      subjectType: 'regression_item',
      subjectId: row.id,
      data: { kind },
    });
    return row;
  });
}

/** Takes an item of the workspace's own out of the set for good; what was answered to it stays. */
export async function retireRegressionItem(viewer: Viewer, itemId: string): Promise<void> {
  assertCan(viewer, 'regression:manage');
  await db.$transaction(async (tx) => {
    const where = { id: itemId, workspaceId: viewer.workspaceId };
    const { count } = await tx.regressionItem.updateMany({
      where: { ...where, retiredAt: null },
      data: { retiredAt: new Date(), retiredById: viewer.userId },
    });
    if (count === 0) {
      if (await tx.regressionItem.findFirst({ where, select: { id: true } })) return;
      throw new AppError('NOT_FOUND');
    }
    await recordAudit(tx, viewer, {
      action: 'regression.item_retired',
      subjectType: 'regression_item',
      subjectId: itemId,
    });
  });
}

/** The canaries of the workspace for a file, and a word in the record that somebody took them. */
export async function exportCanaries(viewer: Viewer): Promise<Canary[]> {
  const canaries = await findCanaries(viewer);
  await db.$transaction((tx) =>
    recordAudit(tx, viewer, {
      action: 'regression.canaries_downloaded',
      subjectType: 'regression_item',
    }),
  );
  return canaries;
}
