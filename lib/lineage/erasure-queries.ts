import 'server-only';
import { db } from '@/lib/db';
import { isOwed } from '@/lib/lineage/owed-erasures';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';

/** Erasures that stopped after their rows were gone, with the job that goes on with one, if any. */
export async function findUnfinishedErasures(viewer: Viewer) {
  assertCan(viewer, 'person:erase');
  const { workspaceId } = viewer;
  const erasures = await db.erasure.findMany({
    where: { workspaceId, ...isOwed },
    orderBy: { id: 'asc' },
    select: { id: true, createdAt: true, createdById: true },
  });
  const [people, jobs] = await Promise.all([
    db.user.findMany({
      where: { id: { in: erasures.map(({ createdById }) => createdById) } },
      select: { id: true, name: true },
    }),
    db.job.findMany({
      where: { workspaceId, kind: 'person.erase', state: { in: ['queued', 'running'] } },
      select: { id: true, subjectId: true },
    }),
  ]);
  return erasures.map(({ id, createdAt, createdById }) => ({
    id,
    createdAt: createdAt.toISOString(),
    by: people.find((person) => person.id === createdById)?.name ?? null,
    jobId: jobs.find((job) => job.subjectId === id)?.id ?? null,
  }));
}
export type UnfinishedErasure = Awaited<ReturnType<typeof findUnfinishedErasures>>[number];
