import 'server-only';
import { db } from '@/lib/db';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';

/** A re-check that ended longer ago than this is no news. */
const RECENT_MS = 60 * 60 * 1000;

/** The newest re-check of a dataset that is still going on or ended lately. */
export async function findRecentRecheck(viewer: Viewer, datasetId: string) {
  assertCan(viewer, 'brief:read');
  return db.job.findFirst({
    where: {
      kind: 'brief.recheck',
      subjectId: datasetId,
      workspaceId: viewer.workspaceId,
      OR: [{ finishedAt: null }, { finishedAt: { gt: new Date(Date.now() - RECENT_MS) } }],
    },
    orderBy: { id: 'desc' },
    select: { id: true, state: true, progressDone: true, progressTotal: true },
  });
}
