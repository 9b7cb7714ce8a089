import 'server-only';
import { rm } from 'node:fs/promises';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { deleteFile } from '@/lib/files';
import { type Begun, defineWorkspaceJob } from '@/lib/jobs';
import { eraseRows } from '@/lib/lineage/erase-rows';
import { startOwed } from '@/lib/lineage/owed-erasures';
import {
  type EraseJobInput,
  eraseJobSchema,
  erasureCountsSchema,
} from '@/lib/lineage/person-schema';
import { assertCan } from '@/lib/permissions';
import { proofFolder } from '@/lib/proofs/proof-files';
import { renderMissingFiles } from '@/lib/releases/release-render';
import { viewerForJob } from '@/lib/session';
import { removeAskedAgain, removeRunTexts } from '@/lib/training/run-files';

/** Files that no row names any more. Repeated after a crash it finds them gone, or removes the rest. */
async function removeFiles(erasureId: string): Promise<void> {
  const { pendingFiles } = await db.erasure.findUniqueOrThrow({
    where: { id: erasureId },
    select: { pendingFiles: true },
  });
  for (const key of pendingFiles) await deleteFile(key);
  await db.erasure.update({
    where: { id: erasureId },
    data: { pendingFiles: [] },
    select: { id: true },
  });
}

const findReleases = (erasureId: string) =>
  db.release.findMany({
    where: { erased: { some: { erasureId } } },
    orderBy: { id: 'asc' },
    select: {
      id: true,
      runs: { select: { id: true, model: { select: { proofs: { select: { id: true } } } } } },
    },
  });

/** A run that goes on may be asking what retired from an earlier release; it asks what is left. */
async function dropAskedAgain(workspaceId: string): Promise<void> {
  const runs = await db.run.findMany({
    where: { workspaceId, finishedAt: null },
    select: { id: true },
  });
  for (const { id } of runs) await removeAskedAgain(id);
}

/** Rows go with the rights that who asked for it still has. */
async function eraseAsPerson(begun: Begun, erasureId: string, input: EraseJobInput): Promise<void> {
  const viewer = await viewerForJob(begun);
  assertCan(viewer, 'person:erase');
  await db.$transaction((tx) => eraseRows(tx, viewer, erasureId, input));
}

/**
 * Erases a person from rows and files, makes training files again without them, and records it.
 * Once the rows are gone the workspace owes the rest: it needs nobody's rights any more, and where
 * it fails it is begun again when a worker starts, or when an admin says so.
 */
export const personEraseJob = defineWorkspaceJob({
  kind: 'person.erase',
  input: eraseJobSchema,
  async run({ begun, subjectId: erasureId, input, progress, signal, conclude }) {
    const { workspaceId } = begun;
    const actor = { userId: begun.userId, workspaceId, via: begun.via ?? 'session' };
    const erasure = await db.erasure.findFirst({
      where: { id: erasureId, workspaceId },
      select: { rowsErasedAt: true, finishedAt: true, counts: true },
    });
    if (!erasure) throw new AppError('NOT_FOUND');
    if (erasure.finishedAt) return undefined;
    await progress(0, null, 'erasing');
    if (!erasure.rowsErasedAt) await eraseAsPerson(begun, erasureId, input);
    await removeFiles(erasureId);
    await dropAskedAgain(workspaceId);
    const releases = await findReleases(erasureId);
    let done = 0;
    for (const release of releases) {
      // What the trainer read and answered lies in the folders of runs and stopped proofs.
      for (const run of release.runs) {
        await removeRunTexts(run.id);
        for (const proof of run.model?.proofs ?? [])
          await rm(proofFolder(proof.id), { recursive: true, force: true });
      }
      await progress(done, releases.length, 'redoing');
      await renderMissingFiles(actor, { releaseId: release.id, signal });
      done += 1;
    }
    await conclude({ releases: releases.length }, async (tx) => {
      await tx.erasure.update({
        where: { id: erasureId },
        data: { finishedAt: new Date() },
        select: { id: true },
      });
      await recordAudit(tx, actor, {
        action: 'person.erased',
        subjectType: 'erasure',
        subjectId: erasureId,
        data: erasureCountsSchema.parse(erasure.counts),
      });
      // One at a time: an earlier one that stopped has waited for this one.
      await startOwed(tx, workspaceId);
    });
    return undefined;
  },
});
