import 'server-only';
import { db } from '@/lib/db';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';

/**
 * The sample workspace of this installation with what removing it takes away, or null where there
 * is none. For admins, also of other workspaces: it is everybody's to look around in.
 */
export async function findSample(viewer: Viewer) {
  assertCan(viewer, 'workspace:manage');
  const sample = await db.workspace.findFirst({
    where: { isSample: true },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { id: true, name: true },
  });
  if (!sample) return null;
  const where = { workspaceId: sample.id };
  const [examples, releases, models] = await Promise.all([
    db.example.count({ where }),
    db.release.count({ where }),
    db.model.count({ where }),
  ]);
  return { ...sample, examples, releases, models, isOwn: sample.id === viewer.workspaceId };
}
export type Sample = NonNullable<Awaited<ReturnType<typeof findSample>>>;
