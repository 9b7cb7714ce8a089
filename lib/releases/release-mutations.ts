import 'server-only';
import type { z } from 'zod';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { startJob } from '@/lib/jobs';
import { assertCan } from '@/lib/permissions';
import { findReleaseBrief, noBriefToRelease } from '@/lib/releases/release-brief';
import type { releaseCreateSchema } from '@/lib/releases/release-schema';
import type { Viewer } from '@/lib/session';

/**
 * Begins a release of a dataset: gives it its number and lets a worker freeze it. A second
 * request while one is being frozen answers the same release.
 */
export async function createRelease(
  viewer: Viewer,
  input: z.infer<typeof releaseCreateSchema>,
): Promise<{ id: string; number: number; jobId: string | null }> {
  assertCan(viewer, 'release:create');
  return db.$transaction(async (tx) => {
    const datasets = await tx.$queryRaw<{ id: string }[]>`
      SELECT "id" FROM "Dataset" WHERE "id" = ${input.datasetId}::uuid
        AND "workspaceId" = ${viewer.workspaceId}::uuid AND "archivedAt" IS NULL FOR UPDATE`;
    if (datasets.length === 0) throw new AppError('NOT_FOUND');
    const freezing = await tx.release.findFirst({
      where: { datasetId: input.datasetId, state: 'freezing' },
      select: { id: true, number: true },
    });
    if (freezing) {
      const job = await tx.job.findFirst({
        where: { subjectId: freezing.id, kind: 'release.freeze' },
        select: { id: true },
      });
      return { ...freezing, jobId: job?.id ?? null };
    }
    const found = await findReleaseBrief(tx, input.datasetId);
    const brief = found.approved;
    if (!brief) throw noBriefToRelease(found);
    if (brief.id !== input.briefId) throw new AppError('CONFLICT', 'releases.errors.briefChanged');
    const { nextRelease } = await tx.dataset.update({
      where: { id: input.datasetId },
      data: { nextRelease: { increment: 1 } },
      select: { nextRelease: true },
    });
    const release = await tx.release.create({
      data: {
        workspaceId: viewer.workspaceId,
        datasetId: input.datasetId,
        number: nextRelease - 1,
        briefId: brief.id,
        note: input.note || null,
        createdById: viewer.userId,
      },
      select: { id: true, number: true },
    });
    await recordAudit(tx, viewer, {
      action: 'release.requested',
      subjectType: 'release',
      subjectId: release.id,
      data: {
        datasetId: input.datasetId,
        number: release.number,
        briefId: brief.id,
        ...(input.reserveMore ? { reserveMore: true } : {}),
      },
    });
    const job = await startJob(tx, viewer, {
      kind: 'release.freeze',
      subjectId: release.id,
      input: input.reserveMore ? { reserveMore: true } : {},
    });
    return { ...release, jobId: job.id };
  });
}
