import 'server-only';
import { db } from '@/lib/db';
import { assertCan, can } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';
import { type FirstStep, firstSteps } from './first-steps-rules';

const exists = async (row: Promise<object | null>) => (await row) !== null;

/**
 * The first steps of the viewer in this workspace, ticked from what happened since it opened: so
 * what the sample came with ticks nothing. Writing and reviewing are each person's own; releases,
 * models and proofs are the workspace's.
 */
export async function findFirstSteps(viewer: Viewer): Promise<FirstStep[]> {
  assertCan(viewer, 'workspace:read');
  const { workspaceId, userId, role } = viewer;
  const { createdAt: opened } = await db.workspace.findUniqueOrThrow({
    where: { id: workspaceId },
    select: { createdAt: true },
  });
  const since = { workspaceId, createdAt: { gt: opened } };
  const select = { id: true } as const;
  const dataset = await db.dataset.findFirst({
    where: { workspaceId, archivedAt: null },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: {
      id: true,
      releases: {
        where: { state: 'frozen' },
        orderBy: { number: 'desc' },
        take: 1,
        select: { number: true },
      },
    },
  });
  const model = await db.model.findFirst({
    where: { workspaceId },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    select,
  });
  const [write, review, release, prove] = await Promise.all([
    exists(db.revision.findFirst({ where: { ...since, authorId: userId }, select })),
    exists(
      db.review.findFirst({
        where: can(role, 'review:decide') ? { ...since, reviewerId: userId } : since,
        select,
      }),
    ),
    exists(db.release.findFirst({ where: { ...since, state: 'frozen' }, select })),
    // Begun is not yet proved: somebody has to have voted, where people vote.
    exists(
      db.proof.findFirst({
        where: { ...since, OR: [{ state: 'closed' }, { state: 'open', votes: { some: {} } }] },
        select,
      }),
    ),
  ]);
  return firstSteps(role, {
    datasetId: dataset?.id ?? null,
    release: dataset?.releases[0]?.number ?? null,
    modelId: model?.id ?? null,
    done: { write, review, release, train: model !== null, prove },
  });
}
