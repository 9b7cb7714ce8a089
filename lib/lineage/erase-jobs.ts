import 'server-only';
import { rm } from 'node:fs/promises';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db, Prisma, type Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { deleteFile } from '@/lib/files';
import { defineJob } from '@/lib/jobs';
import {
  type EraseJobInput,
  eraseJobSchema,
  erasureCountsSchema,
} from '@/lib/lineage/person-schema';
import { assertCan } from '@/lib/permissions';
import { judgeBeforeErasure, lockProofsOf } from '@/lib/proofs/erasure-queries';
import { proofFolder } from '@/lib/proofs/proof-files';
import { renderMissingFiles } from '@/lib/releases/release-render';
import type { Viewer } from '@/lib/session';
import { removeAskedAgain, removeRunTexts } from '@/lib/training/run-files';

/** Texts of proofs go first; hashes, votes and what was read off the answers stay. */
async function eraseFromProofs(tx: Tx, viewer: Viewer, erasureId: string, input: EraseJobInput) {
  await lockProofsOf(tx, viewer, input.exampleIds);
  const answers = await judgeBeforeErasure(tx, viewer, {
    exampleIds: input.exampleIds,
    answers: input.proofAnswers,
  });
  const votes = input.proofVotes.map(({ id }) => id);
  await tx.$queryRaw`
    SELECT erase_proof_texts(${erasureId}::uuid, ${JSON.stringify(answers)}::jsonb, ${votes}::uuid[],
      ${JSON.stringify(input.proofItems)}::jsonb, ${viewer.userId}::uuid)::text`;
}

/** What models said and what they were asked; how it was judged stays. */
async function eraseFromRegressionSet(
  tx: Tx,
  viewer: Viewer,
  erasureId: string,
  input: EraseJobInput,
) {
  await tx.$queryRaw`
    SELECT erase_regression_texts(${erasureId}::uuid, ${JSON.stringify(input.regressionAnswers)}::jsonb,
      ${input.regressionItemIds}::uuid[], ${input.modelUseIds}::uuid[], ${viewer.userId}::uuid)::text`;
}

/** Rows: everything that names the person leaves the database in one transaction. */
async function eraseRows(tx: Tx, viewer: Viewer, erasureId: string, input: EraseJobInput) {
  await eraseFromProofs(tx, viewer, erasureId, input);
  await eraseFromRegressionSet(tx, viewer, erasureId, input);
  await tx.$queryRaw`
    SELECT erase_examples(${erasureId}::uuid, ${input.exampleIds}::uuid[], ${viewer.userId}::uuid)`;
  const scope = { workspaceId: viewer.workspaceId };
  for (const { importId, line } of input.badRows)
    await tx.importRow.deleteMany({ where: { importId, line, import: scope } });
  for (const { modelId, exampleId, arm } of input.answers)
    await tx.answer.deleteMany({ where: { modelId, exampleId, arm, model: scope } });
  // A mark has gone with its answer; one that stays keeps what it says, without its note.
  for (const { modelId, exampleId } of input.marks)
    await tx.wrongAnswer.updateMany({
      where: { modelId, exampleId, ...scope },
      data: { note: null },
    });
  await tx.job.updateMany({
    where: { id: { in: input.jobIds }, ...scope },
    data: { input: {}, result: Prisma.DbNull },
  });
  const imports = await tx.import.findMany({
    where: { id: { in: input.importIds }, ...scope },
    select: { fileKey: true },
  });
  await tx.import.updateMany({
    where: { id: { in: input.importIds }, ...scope },
    data: { fileName: '–' },
  });
  // Without its file an import that was not carried out cannot be gone on with.
  await tx.import.updateMany({
    where: {
      id: { in: input.importIds },
      ...scope,
      state: { in: ['uploaded', 'checking', 'checked', 'failed'] },
    },
    data: { state: 'cancelled', version: { increment: 1 } },
  });
  await tx.erasure.update({
    where: { id: erasureId },
    data: {
      rowsErasedAt: new Date(),
      pendingFiles: { push: imports.map(({ fileKey }) => fileKey) },
    },
    select: { id: true },
  });
}

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
async function dropAskedAgain({ workspaceId }: Viewer): Promise<void> {
  const runs = await db.run.findMany({
    where: { workspaceId, finishedAt: null },
    select: { id: true },
  });
  for (const { id } of runs) await removeAskedAgain(id);
}

/** Erases a person from rows and files, makes training files again without them, and records it. */
export const personEraseJob = defineJob({
  kind: 'person.erase',
  input: eraseJobSchema,
  async run({ viewer, subjectId: erasureId, input, progress, signal, conclude }) {
    assertCan(viewer, 'person:erase');
    const erasure = await db.erasure.findFirst({
      where: { id: erasureId, workspaceId: viewer.workspaceId },
      select: { rowsErasedAt: true, finishedAt: true, counts: true },
    });
    if (!erasure) throw new AppError('NOT_FOUND');
    if (erasure.finishedAt) return;
    await progress(0, null, 'erasing');
    if (!erasure.rowsErasedAt)
      await db.$transaction((tx) => eraseRows(tx, viewer, erasureId, input));
    await removeFiles(erasureId);
    await dropAskedAgain(viewer);
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
      await renderMissingFiles(viewer, { releaseId: release.id, signal });
      done += 1;
    }
    await conclude({ releases: releases.length }, async (tx) => {
      await tx.erasure.update({
        where: { id: erasureId },
        data: { finishedAt: new Date() },
        select: { id: true },
      });
      await recordAudit(tx, viewer, {
        action: 'person.erased',
        subjectType: 'erasure',
        subjectId: erasureId,
        data: erasureCountsSchema.parse(erasure.counts),
      });
    });
  },
});
