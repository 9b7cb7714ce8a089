import 'server-only';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { findRefusal, loadCurveModel } from '@/lib/curves/curve-queries';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { startJob } from '@/lib/jobs';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';

/**
 * Lets a worker train on parts of a model's release with the model's settings. One curve for a
 * release and settings: asking again answers the same job while it works, begins what is left
 * after it stopped, and nothing once all is there. Throws NOT_FOUND outside the workspace.
 */
export async function beginCurve(
  viewer: Viewer,
  modelId: string,
): Promise<{ jobId: string | null }> {
  assertCan(viewer, 'run:create');
  const { releaseId, key: settingsKey } = await loadCurveModel(viewer, modelId);
  const refusal = await findRefusal(releaseId);
  if (refusal) throw new AppError('INVALID', `curves.errors.${refusal}`);
  const { workspaceId } = viewer;
  return db.$transaction(async (tx) => {
    // Those who ask for the same release at once wait for each other here.
    await tx.$queryRaw`
      SELECT "id" FROM "Release" WHERE "id" = ${releaseId}::uuid AND "workspaceId" = ${workspaceId}::uuid
      FOR NO KEY UPDATE`;
    const known = await tx.learningCurve.findFirst({
      where: { workspaceId, releaseId, settingsKey },
      select: { id: true, finishedAt: true },
    });
    if (known?.finishedAt) return { jobId: null };
    const running = known
      ? await tx.job.findFirst({
          where: {
            workspaceId,
            subjectId: known.id,
            kind: 'curve.measure',
            state: { in: ['queued', 'running'] },
          },
          select: { id: true },
        })
      : null;
    if (running) return { jobId: running.id };
    const curve =
      known ??
      (await tx.learningCurve.create({
        data: { workspaceId, releaseId, modelId, settingsKey, createdById: viewer.userId },
        select: { id: true },
      }));
    const job = await startJob(tx, viewer, {
      kind: 'curve.measure',
      subjectId: curve.id,
      input: {},
    });
    await recordAudit(tx, viewer, {
      action: 'curve.begun',
      subjectType: 'model',
      subjectId: modelId,
      data: { curveId: curve.id, jobId: job.id },
    });
    return { jobId: job.id };
  });
}
