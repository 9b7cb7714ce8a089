import 'server-only';
import { Prisma, type Tx } from '@/lib/db';
import { ERASED_FILE_NAME } from '@/lib/imports/import-schema';
import { assertNothingReads, lockReleasesOf } from '@/lib/lineage/open-work-queries';
import type { EraseJobInput } from '@/lib/lineage/person-schema';
import { judgeBeforeErasure, lockProofsOf } from '@/lib/proofs/erasure-queries';
import type { Viewer } from '@/lib/session';

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

/**
 * What bulk changes keep of topics and tags for their undo becomes what the example has now: the
 * undo gives back the rest.
 */
async function eraseFromBulkItems(tx: Tx, viewer: Viewer, input: EraseJobInput) {
  await tx.$executeRaw`
    UPDATE "BulkItem" b SET "before" = b."before" || jsonb_build_object('topic', e."topic", 'tags', to_jsonb(e."tags"))
    FROM jsonb_to_recordset(${JSON.stringify(input.bulkItems)}::jsonb) AS g("jobId" uuid, "exampleId" uuid)
    JOIN "Example" e ON e."id" = g."exampleId"
    WHERE b."jobId" = g."jobId" AND b."exampleId" = g."exampleId"
      AND b."workspaceId" = ${viewer.workspaceId}::uuid AND b."before" IS NOT NULL`;
}

/** Names of files, rows that could not be used, and first lines that were taken for names of columns. */
async function eraseFromImports(tx: Tx, viewer: Viewer, input: EraseJobInput): Promise<string[]> {
  const scope = { workspaceId: viewer.workspaceId };
  for (const { importId, line } of input.badRows)
    await tx.importRow.deleteMany({ where: { importId, line, import: scope } });
  // As many columns as before: the mapping counts them.
  await tx.$executeRaw`
    UPDATE "Import" SET "reading" = jsonb_set("reading", '{columns}',
      (SELECT jsonb_agg(''::text) FROM jsonb_array_elements("reading"->'columns')))
    WHERE "id" = ANY(${input.columnImportIds}::uuid[]) AND "workspaceId" = ${viewer.workspaceId}::uuid`;
  const where = { id: { in: input.importIds }, ...scope };
  const imports = await tx.import.findMany({ where, select: { fileKey: true } });
  await tx.import.updateMany({ where, data: { fileName: ERASED_FILE_NAME } });
  // Without its file an import that was not carried out cannot be gone on with.
  await tx.import.updateMany({
    where: { ...where, state: { in: ['uploaded', 'checking', 'checked', 'failed'] } },
    data: { state: 'cancelled', version: { increment: 1 } },
  });
  return imports.map(({ fileKey }) => fileKey);
}

/** Answers, marks and notes of people, and what jobs were asked. */
async function eraseNotes(tx: Tx, viewer: Viewer, erasureId: string, input: EraseJobInput) {
  const scope = { workspaceId: viewer.workspaceId };
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
  await tx.$queryRaw`
    SELECT erase_release_notes(${erasureId}::uuid, ${input.noteReleaseIds}::uuid[], ${viewer.userId}::uuid)::text`;
}

/**
 * Rows: everything that names the person leaves the database in one transaction. Throws CONFLICT
 * where something reads it by now.
 */
export async function eraseRows(
  tx: Tx,
  viewer: Viewer,
  erasureId: string,
  input: EraseJobInput,
): Promise<void> {
  const releaseIds = await lockReleasesOf(tx, viewer.workspaceId, input.exampleIds);
  await eraseFromProofs(tx, viewer, erasureId, input);
  await assertNothingReads(tx, viewer.workspaceId, input, releaseIds);
  await eraseFromRegressionSet(tx, viewer, erasureId, input);
  await tx.$queryRaw`
    SELECT erase_examples(${erasureId}::uuid, ${input.exampleIds}::uuid[], ${viewer.userId}::uuid)`;
  await eraseFromBulkItems(tx, viewer, input);
  await eraseNotes(tx, viewer, erasureId, input);
  const fileKeys = await eraseFromImports(tx, viewer, input);
  await tx.erasure.update({
    where: { id: erasureId },
    data: { rowsErasedAt: new Date(), releaseIds, pendingFiles: { push: fileKeys } },
    select: { id: true },
  });
}
