import 'server-only';
import { isInForce } from '@/lib/datasets/brief-rules';
import { db } from '@/lib/db';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';

/**
 * Per dataset, what there is and what waits for the viewer: own drafts, own examples that were
 * sent back, others' examples in review, and a version of the brief that a second person has to
 * approve.
 */
export async function findHomeDatasets(viewer: Viewer) {
  assertCan(viewer, 'example:read');
  const scope = { workspaceId: viewer.workspaceId, binnedAt: null };
  const [datasets, all, own] = await Promise.all([
    db.dataset.findMany({
      where: { workspaceId: viewer.workspaceId, archivedAt: null },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      take: 500,
      select: {
        id: true,
        name: true,
        allowTokenDecisions: true,
        briefs: {
          orderBy: { version: 'desc' },
          take: 1,
          select: { version: true, authorId: true, approvedVia: true },
        },
      },
    }),
    db.example.groupBy({ by: ['datasetId', 'status'], where: scope, _count: { _all: true } }),
    db.example.groupBy({
      by: ['datasetId', 'status'],
      where: { ...scope, authorId: viewer.userId },
      _count: { _all: true },
    }),
  ]);
  const counter = (rows: typeof all, datasetId: string) => (status: string) =>
    rows.find((row) => row.datasetId === datasetId && row.status === status)?._count._all ?? 0;
  return datasets.map(({ id, name, allowTokenDecisions, briefs: [brief] }) => {
    const count = counter(all, id);
    const mine = counter(own, id);
    return {
      id,
      name,
      draft: count('draft'),
      inReview: count('in_review'),
      sentBack: count('sent_back'),
      approved: count('approved'),
      ownDrafts: mine('draft'),
      ownSentBack: mine('sent_back'),
      reviewable: count('in_review') - mine('in_review'),
      briefWaiting: brief && !isInForce(brief, { allowTokenDecisions }) ? brief.version : null,
      briefIsOwn: brief?.authorId === viewer.userId,
    };
  });
}
export type HomeDataset = Awaited<ReturnType<typeof findHomeDatasets>>[number];

/** How many people of the workspace may review, the viewer included. */
export async function countReviewers(viewer: Viewer): Promise<number> {
  assertCan(viewer, 'people:read');
  return db.member.count({
    where: {
      workspaceId: viewer.workspaceId,
      role: { in: ['reviewer', 'admin'] },
      user: { disabledAt: null },
    },
  });
}
