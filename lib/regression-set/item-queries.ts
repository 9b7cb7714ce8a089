import 'server-only';
import { db, type Tx } from '@/lib/db';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';
import { regressionSet } from './index';
import {
  type Canary,
  canarySchema,
  type RegressionItem,
  regressionItemSchema,
} from './regression-schema';

const ownSelect = {
  id: true,
  kind: true,
  content: true,
  createdAt: true,
  retiredAt: true,
} as const;

type OwnRow = { id: string; kind: string; content: unknown };

/** An item of a workspace's own; null where its text was erased. */
const toOwnItem = ({ id, kind, content }: OwnRow): RegressionItem | null =>
  content === null ? null : regressionItemSchema.parse({ ...(content as object), id, kind });

const toCanary = ({ id, content }: Pick<OwnRow, 'id' | 'content'>): Canary[] =>
  content === null ? [] : [canarySchema.parse({ ...(content as object), id })];

/** The canaries whose secrets count now: what ships, and the workspace's own that are not retired. */
export async function loadCanaries(workspaceId: string): Promise<Canary[]> {
  const own = await db.regressionItem.findMany({
    where: { workspaceId, kind: 'canary', retiredAt: null },
    orderBy: { id: 'asc' },
    select: { id: true, content: true },
  });
  return [...regressionSet.canaries, ...own.flatMap(toCanary)];
}

/** The canaries of the workspace as its page and its file show them. */
export async function findCanaries(viewer: Viewer): Promise<Canary[]> {
  assertCan(viewer, 'regression:manage');
  return loadCanaries(viewer.workspaceId);
}

/** What a model of the workspace is asked now: what ships, and its own that are not retired. */
export async function loadItems(workspaceId: string, tx: Tx | typeof db = db) {
  const own = await tx.regressionItem.findMany({
    where: { workspaceId, retiredAt: null, kind: { not: 'canary' } },
    orderBy: { id: 'asc' },
    select: ownSelect,
  });
  return [...regressionSet.items, ...own.flatMap((row) => toOwnItem(row) ?? [])];
}

/** The regression set of the workspace as its page shows it: what ships, and what it added. */
export async function findItems(viewer: Viewer) {
  assertCan(viewer, 'regression:manage');
  const own = await db.regressionItem.findMany({
    where: { workspaceId: viewer.workspaceId, erasureId: null, kind: { not: 'canary' } },
    orderBy: { id: 'asc' },
    select: ownSelect,
  });
  return {
    shipped: regressionSet.items,
    own: own.flatMap(({ retiredAt, createdAt, ...row }) => {
      const item = toOwnItem(row);
      return item ? [{ item, createdAt, retiredAt }] : [];
    }),
  };
}
export type RegressionItems = Awaited<ReturnType<typeof findItems>>;
