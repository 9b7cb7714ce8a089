import 'server-only';
import type { z } from 'zod';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db, type Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';
import type { putInUseSchema } from '@/lib/models/model-schema';
import { assertCan } from '@/lib/permissions';
import { needsReason } from '@/lib/regression-set/comparison-rules';
import { loadComparison } from '@/lib/regression-set/result-queries';
import type { Viewer } from '@/lib/session';

/** The dataset of a model, locked: those who put a model of it in use wait for each other here. */
async function lockDatasetOf(tx: Tx, viewer: Viewer, modelId: string): Promise<string> {
  const [row] = await tx.$queryRaw<{ datasetId: string }[]>`
    SELECT d."id" AS "datasetId" FROM "Model" m JOIN "Run" n ON n."id" = m."runId"
    JOIN "Release" r ON r."id" = n."releaseId" JOIN "Dataset" d ON d."id" = r."datasetId"
    WHERE m."id" = ${modelId}::uuid AND m."workspaceId" = ${viewer.workspaceId}::uuid FOR NO KEY UPDATE OF d`;
  if (!row) throw new AppError('NOT_FOUND');
  return row.datasetId;
}

const findUse = (tx: Tx, datasetId: string) =>
  tx.modelUse.findFirst({
    where: { datasetId, endedAt: null },
    select: { id: true, modelId: true },
  });

async function endUse(
  tx: Tx,
  viewer: Viewer,
  use: { id: string; modelId: string },
  replacedById?: string,
): Promise<void> {
  await tx.modelUse.update({
    where: { id: use.id },
    data: { endedAt: new Date(), endedById: viewer.userId },
    select: { id: true },
  });
  await recordAudit(tx, viewer, {
    action: 'model.taken_out_of_use',
    subjectType: 'model',
    subjectId: use.modelId,
    data: { useId: use.id, ...(replacedById ? { replacedById } : {}) },
  });
}

/**
 * Notes that a model answers from now on, in the place of the one of its dataset that did. Throws
 * INVALID without a reason where the model is worse than its base model, or that is not known. The
 * reason stays with the use; the record names that use, since it holds no texts.
 */
export async function putInUse(
  viewer: Viewer,
  input: z.infer<typeof putInUseSchema>,
): Promise<void> {
  assertCan(viewer, 'model:use');
  const { modelId, reason } = input;
  await db.$transaction(async (tx) => {
    const datasetId = await lockDatasetOf(tx, viewer, modelId);
    const current = await findUse(tx, datasetId);
    if (current?.modelId === modelId) return;
    const { standing, kinds } = await loadComparison(viewer.workspaceId, modelId, tx);
    if (needsReason(standing) && reason === '')
      throw new AppError('INVALID', 'models.use.errors.reasonNeeded');
    if (current) await endUse(tx, viewer, current, modelId);
    const use = await tx.modelUse.create({
      data: {
        workspaceId: viewer.workspaceId,
        datasetId,
        modelId,
        standing,
        reason: reason === '' ? null : reason,
        createdById: viewer.userId,
      },
      select: { id: true },
    });
    await recordAudit(tx, viewer, {
      action: 'model.put_in_use',
      subjectType: 'model',
      subjectId: modelId,
      data: {
        useId: use.id,
        standing,
        worse: kinds.reduce((sum, one) => sum + one.worse.length, 0),
        better: kinds.reduce((sum, one) => sum + one.better.length, 0),
        hasReason: reason !== '',
      },
    });
  });
}

/** Notes that a model answers no longer; nothing where it did not. */
export async function takeOutOfUse(viewer: Viewer, modelId: string): Promise<void> {
  assertCan(viewer, 'model:use');
  await db.$transaction(async (tx) => {
    const current = await findUse(tx, await lockDatasetOf(tx, viewer, modelId));
    if (current?.modelId === modelId) await endUse(tx, viewer, current);
  });
}
