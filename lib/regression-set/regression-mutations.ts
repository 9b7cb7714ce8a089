import 'server-only';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db, type Tx } from '@/lib/db';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { type Begun, startJob } from '@/lib/jobs';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';
import { findUnasked } from './result-queries';

const askJob = (tx: Tx, begun: Begun, modelId: string) =>
  startJob(tx, begun, { kind: 'regression.ask', subjectId: modelId, input: {} });

/** Lets a worker ask a model that has just been made, in the transaction that makes it. */
export async function askAfterRun(tx: Tx, begun: Begun, modelId: string): Promise<void> {
  if (env().REGRESSION_SET === 'on') await askJob(tx, begun, modelId);
}

/**
 * Lets a worker ask a model what it was not asked yet. While one does, the same job is answered;
 * where nothing is missing, none is begun. Throws NOT_FOUND outside the workspace.
 */
export async function askRegressionSet(
  viewer: Viewer,
  modelId: string,
): Promise<{ jobId: string | null }> {
  assertCan(viewer, 'regression:manage');
  return db.$transaction(async (tx) => {
    // Those who ask the same model at once wait for each other here.
    const [model] = await tx.$queryRaw<{ id: string }[]>`
      SELECT "id" FROM "Model" WHERE "id" = ${modelId}::uuid AND "workspaceId" = ${viewer.workspaceId}::uuid
      FOR NO KEY UPDATE`;
    if (!model) throw new AppError('NOT_FOUND');
    const running = await tx.job.findFirst({
      where: {
        workspaceId: viewer.workspaceId,
        subjectId: modelId,
        kind: 'regression.ask',
        state: { in: ['queued', 'running'] },
      },
      select: { id: true },
    });
    if (running) return { jobId: running.id };
    const unasked = await findUnasked(viewer.workspaceId, modelId, tx);
    if (unasked.length === 0) return { jobId: null };
    const job = await askJob(tx, viewer, modelId);
    await recordAudit(tx, viewer, {
      action: 'regression.asked',
      subjectType: 'model',
      subjectId: modelId,
      data: { jobId: job.id, items: unasked.length },
    });
    return { jobId: job.id };
  });
}
