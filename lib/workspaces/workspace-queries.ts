import 'server-only';
import { db } from '@/lib/db';
import { assertCan } from '@/lib/permissions';
import type { SignedIn, Viewer } from '@/lib/session';

/** The workspaces that a person may open, by name; a "step in" session sees the sample alone. */
export async function findOwnWorkspaces(signedIn: SignedIn) {
  const members = await db.member.findMany({
    where: {
      userId: signedIn.userId,
      ...(signedIn.sampleWorkspaceId ? { workspaceId: signedIn.sampleWorkspaceId } : {}),
    },
    orderBy: [{ workspace: { name: 'asc' } }, { workspaceId: 'asc' }],
    take: 200,
    select: {
      role: true,
      workspace: { select: { id: true, slug: true, name: true, isSample: true } },
    },
  });
  return members.map(({ role, workspace }) => ({ ...workspace, role }));
}
export type OwnWorkspace = Awaited<ReturnType<typeof findOwnWorkspaces>>[number];

/** Whether the person may make another workspace: an admin of one, outside the sample. */
export async function canCreateWorkspace(signedIn: SignedIn): Promise<boolean> {
  if (signedIn.sampleWorkspaceId) return false;
  const member = await db.member.findFirst({
    where: { userId: signedIn.userId, role: 'admin', user: { isSample: false } },
    select: { userId: true },
  });
  return member !== null;
}

/** The viewer's workspace. */
export async function getWorkspace(viewer: Viewer) {
  assertCan(viewer, 'workspace:read');
  return db.workspace.findUniqueOrThrow({
    where: { id: viewer.workspaceId },
    select: { id: true, slug: true, name: true, isSample: true, createdAt: true },
  });
}

/** The datasets of the viewer's workspace with what the sidebar counts. */
export async function findDatasetCounts(viewer: Viewer) {
  assertCan(viewer, 'workspace:read');
  const datasets = await db.dataset.findMany({
    where: { workspaceId: viewer.workspaceId, archivedAt: null },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: 200,
    select: { id: true, name: true },
  });
  const groups = await db.example.groupBy({
    by: ['datasetId', 'status'],
    where: { workspaceId: viewer.workspaceId, binnedAt: null, dataset: { archivedAt: null } },
    _count: { _all: true },
  });
  return datasets.map((dataset) => {
    const own = groups.filter((group) => group.datasetId === dataset.id);
    const count = (status: string) =>
      own.find((group) => group.status === status)?._count._all ?? 0;
    return {
      ...dataset,
      exampleCount: own.reduce((sum, group) => sum + group._count._all, 0) - count('retired'),
      draftCount: count('draft'),
      inReviewCount: count('in_review'),
      sentBackCount: count('sent_back'),
      approvedCount: count('approved'),
    };
  });
}
export type DatasetCounts = Awaited<ReturnType<typeof findDatasetCounts>>[number];

/** What waits for the viewer personally, over all datasets. */
export async function countOwnWork(viewer: Viewer) {
  assertCan(viewer, 'workspace:read');
  const scope = { workspaceId: viewer.workspaceId, binnedAt: null, dataset: { archivedAt: null } };
  const [sentBack, drafts, reviewable] = await Promise.all([
    db.example.count({ where: { ...scope, status: 'sent_back', authorId: viewer.userId } }),
    db.example.count({ where: { ...scope, status: 'draft', authorId: viewer.userId } }),
    db.example.count({
      where: { ...scope, status: 'in_review', authorId: { not: viewer.userId } },
    }),
  ]);
  return { sentBack, drafts, reviewable };
}
