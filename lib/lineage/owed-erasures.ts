import 'server-only';
import { db, type Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { type Begun, startJob } from '@/lib/jobs';
import { nothingTouched } from '@/lib/lineage/person-schema';

/** Rows are gone, files are not made again: the workspace owes the rest, whoever asked for it. */
export const isOwed = { rowsErasedAt: { not: null }, finishedAt: null } as const;

/** Starts the oldest erasure that a workspace owes, if there is one. Throws CONFLICT while one is under way. */
export async function startOwed(tx: Tx, workspaceId: string): Promise<boolean> {
  const erasure = await tx.erasure.findFirst({
    where: { workspaceId, ...isOwed },
    orderBy: { id: 'asc' },
    select: { id: true, createdById: true },
  });
  if (!erasure) return false;
  await startRest(tx, { userId: erasure.createdById, workspaceId }, erasure.id);
  return true;
}

/** Starts what is left of an erasure whose rows are gone. */
export const startRest = (tx: Tx, begun: Begun, erasureId: string) =>
  startJob(tx, begun, { kind: 'person.erase', subjectId: erasureId, input: nothingTouched });

/**
 * Goes on with every erasure that stopped after its rows were gone: a full disk, a backup that was
 * restored, a worker that was given up. Called when a worker starts; answers how many it started.
 */
export async function resumeErasures(): Promise<number> {
  const owing = await db.erasure.findMany({
    where: isOwed,
    distinct: ['workspaceId'],
    select: { workspaceId: true },
  });
  let started = 0;
  for (const { workspaceId } of owing) {
    try {
      if (await db.$transaction((tx) => startOwed(tx, workspaceId))) started += 1;
    } catch (error) {
      // One is under way there; it starts the next one when it ends.
      if (!(error instanceof AppError && error.code === 'CONFLICT')) throw error;
    }
  }
  return started;
}
