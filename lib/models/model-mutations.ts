import 'server-only';
import type { z } from 'zod';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db, type Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { startJob } from '@/lib/jobs';
import type { askSchema } from '@/lib/models/model-schema';
import { assertCan } from '@/lib/permissions';
import { isVotedPrompt } from '@/lib/proofs/voted-prompt-queries';
import type { Viewer } from '@/lib/session';

/**
 * Puts a question to base and tuned model; the answers come as the job's result. Throws CONFLICT
 * for a prompt of a proof that this person may still vote on: the answers bear their names.
 */
export async function askModel(
  viewer: Viewer,
  input: z.infer<typeof askSchema>,
): Promise<{ jobId: string }> {
  assertCan(viewer, 'model:ask');
  return db.$transaction(async (tx) => {
    const model = await tx.model.findFirst({
      where: { id: input.modelId, workspaceId: viewer.workspaceId },
      select: { id: true },
    });
    if (!model) throw new AppError('NOT_FOUND');
    if (await isVotedPrompt(tx, viewer, input))
      throw new AppError('CONFLICT', 'proofs.errors.promptOfProof');
    const job = await startJob(tx, viewer, { kind: 'model.ask', subjectId: model.id, input });
    await recordAudit(tx, viewer, {
      action: 'model.asked',
      subjectType: 'model',
      subjectId: model.id,
      data: { jobId: job.id },
    });
    return { jobId: job.id };
  });
}

/**
 * Notes that a person opened a model's answer to a held-out prompt: a later draft from it stays
 * in its group, and the app asks for another case instead.
 */
export async function recordHeldOutView(
  viewer: Viewer,
  input: { modelId: string; exampleIds: string[] },
): Promise<void> {
  assertCan(viewer, 'model:read');
  await db.$transaction(async (tx) => {
    const shown = await tx.answer.findMany({
      where: {
        modelId: input.modelId,
        exampleId: { in: input.exampleIds },
        model: { workspaceId: viewer.workspaceId },
      },
      select: { exampleId: true },
      distinct: ['exampleId'],
    });
    if (shown.length > 0) await noteLook(tx, viewer, input.modelId);
    const { count } = await tx.heldOutView.createMany({
      data: shown.map(({ exampleId }) => ({
        userId: viewer.userId,
        exampleId,
        workspaceId: viewer.workspaceId,
        modelId: input.modelId,
      })),
      skipDuplicates: true,
    });
    if (count === 0) return;
    await recordAudit(tx, viewer, {
      action: 'held_out.viewed',
      subjectType: 'model',
      subjectId: input.modelId,
      data: { count },
    });
  });
}

/** Notes in the held-out ledger that a person looked at a model's answers; once for each model. */
async function noteLook(tx: Tx, viewer: Viewer, modelId: string): Promise<void> {
  const look = { modelId, proofId: null, userId: viewer.userId, kind: 'labelled_answers' } as const;
  const known = await tx.heldOutLook.findFirst({ where: look, select: { id: true } });
  if (known) return;
  const { run } = await tx.model.findFirstOrThrow({
    where: { id: modelId, workspaceId: viewer.workspaceId },
    select: { run: { select: { release: { select: { datasetId: true } } } } },
  });
  const { datasetId } = run.release;
  await tx.heldOutLook.create({
    data: { ...look, datasetId, workspaceId: viewer.workspaceId },
    select: { id: true },
  });
}

/** Writes into the record that somebody took an adapter. */
export async function recordAdapterDownload(viewer: Viewer, modelId: string): Promise<void> {
  await db.$transaction((tx) =>
    recordAudit(tx, viewer, {
      action: 'model.downloaded',
      subjectType: 'model',
      subjectId: modelId,
    }),
  );
}
