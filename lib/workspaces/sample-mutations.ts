import 'server-only';
import { rm } from 'node:fs/promises';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db, type Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { deleteFile } from '@/lib/files';
import { log } from '@/lib/log';
import { assertCan } from '@/lib/permissions';
import { proofFolder } from '@/lib/proofs/proof-files';
import type { QueueName } from '@/lib/queue';
import type { Viewer } from '@/lib/session';
import { runFolder } from '@/lib/training/run-files';

/** What lies on disk for a workspace: keys of the file store, and runs and proofs by their folders. */
type Stored = { keys: string[]; runIds: string[]; proofIds: string[] };

/**
 * Removes the sample workspace with everything in it, its files too, and closes the accounts of
 * its people: that is also what tells the next start that it is not wanted. Any admin of this
 * installation may. Throws NOT_FOUND where there is none and CONFLICT while something runs in it.
 * Answers whether the viewer was in it.
 */
export async function removeSample(viewer: Viewer): Promise<{ wasOwn: boolean }> {
  assertCan(viewer, 'workspace:manage');
  const { sampleId, stored } = await db.$transaction(async (tx) => {
    const sampleId = await lockSample(tx);
    await assertNothingRuns(tx, sampleId);
    const files = await findStored(tx, sampleId);
    const examples = await tx.example.count({ where: { workspaceId: sampleId } });
    await closeAccounts(tx, sampleId);
    await tx.$executeRaw`SELECT erase_workspace(${sampleId}::uuid, ${viewer.userId}::uuid)`;
    await recordAudit(
      tx,
      { userId: viewer.userId, workspaceId: null, via: viewer.via },
      {
        action: 'sample.removed',
        subjectType: 'workspace',
        subjectId: sampleId,
        data: { examples, runs: files.runIds.length, files: files.keys.length },
      },
    );
    return { sampleId, stored: files };
  });
  await removeFiles(stored);
  return { wasOwn: sampleId === viewer.workspaceId };
}

async function lockSample(tx: Tx): Promise<string> {
  const [sample] = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Workspace" WHERE "isSample" ORDER BY "createdAt", "id" LIMIT 1 FOR UPDATE`;
  if (!sample) throw new AppError('NOT_FOUND');
  return sample.id;
}

async function assertNothingRuns(tx: Tx, workspaceId: string): Promise<void> {
  const busy = await tx.job.count({
    // A message to the outside may wait for hours and is given up with its webhook.
    where: {
      workspaceId,
      state: { in: ['queued', 'running'] },
      kind: { not: 'webhook.deliver' satisfies QueueName },
    },
  });
  if (busy > 0) throw new AppError('CONFLICT', 'workspaces.errors.sampleBusy', { count: busy });
}

async function findStored(tx: Tx, workspaceId: string): Promise<Stored> {
  const where = { workspaceId };
  const imports = await tx.import.findMany({ where, select: { fileKey: true } });
  const exported = await tx.export.findMany({
    where,
    select: { fileKey: true, manifestKey: true },
  });
  const models = await tx.model.findMany({ where, select: { adapterKey: true } });
  const runs = await tx.run.findMany({ where, select: { id: true } });
  // A proof that failed or was cancelled keeps its folder, for going on.
  const proofs = await tx.proof.findMany({ where, select: { id: true } });
  const erasures = await tx.erasure.findMany({ where, select: { pendingFiles: true } });
  return {
    keys: [
      ...imports.map(({ fileKey }) => fileKey),
      ...exported.flatMap(({ fileKey, manifestKey }) => [fileKey, manifestKey]),
      ...models.map(({ adapterKey }) => adapterKey),
      // No row names them any more, and their erasure goes with the workspace.
      ...erasures.flatMap(({ pendingFiles }) => pendingFiles),
    ],
    runIds: runs.map(({ id }) => id),
    proofIds: proofs.map(({ id }) => id),
  };
}

/** The invented people of the sample can step in no more; what they are named for stays in the record. */
async function closeAccounts(tx: Tx, workspaceId: string): Promise<void> {
  const where = { isSample: true, members: { some: { workspaceId } } };
  const people = await tx.user.findMany({ where, select: { id: true } });
  const userId = { in: people.map(({ id }) => id) };
  await tx.user.updateMany({
    where: { id: userId },
    data: { disabledAt: new Date(), sessionVersion: { increment: 1 } },
  });
  await tx.session.updateMany({
    where: { userId, revokedAt: null },
    data: { revokedAt: new Date() },
  });
}

/** After the commit: a file that cannot be removed is logged and holds nothing up. */
async function removeFiles({ keys, runIds, proofIds }: Stored): Promise<void> {
  const removals = [
    ...keys.map((key) => deleteFile(key)),
    ...[...runIds.map(runFolder), ...proofIds.map(proofFolder)].map((folder) =>
      rm(folder, { recursive: true, force: true }),
    ),
  ];
  for (const result of await Promise.allSettled(removals)) {
    if (result.status === 'rejected')
      log.error({ err: result.reason }, 'a file of the removed sample is still there');
  }
}
