import 'server-only';
import type { z } from 'zod';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db, type Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { publish } from '@/lib/events';
import { startJob } from '@/lib/jobs';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';
import { type runCreateSchema, runSettingsSchema } from '@/lib/training/run-schema';

type CreateRun = { releaseId: string; idempotencyKey: string } & z.infer<typeof runCreateSchema>;
type StartedRun = { id: string; number: number };

/**
 * Starts the run of a quote. A run is unique per quote and per idempotency key: repeating the
 * request, a double click or a second tab answers the run that exists.
 */
export async function createRun(viewer: Viewer, input: CreateRun): Promise<StartedRun> {
  assertCan(viewer, 'run:create');
  return db.$transaction(async (tx) => {
    // Everybody who starts a run in this workspace waits here, so that numbers and keys are unique.
    await tx.$queryRaw`SELECT 1 FROM "Workspace" WHERE "id" = ${viewer.workspaceId}::uuid FOR UPDATE`;
    const existing = await tx.run.findFirst({
      where: {
        workspaceId: viewer.workspaceId,
        OR: [{ quoteId: input.quoteId }, { idempotencyKey: input.idempotencyKey }],
      },
      select: { id: true, number: true, quoteId: true },
    });
    if (existing) {
      if (existing.quoteId !== input.quoteId)
        throw new AppError('CONFLICT', 'training.errors.keyUsed');
      return { id: existing.id, number: existing.number };
    }
    const quote = await tx.quote.findFirst({
      where: { id: input.quoteId, releaseId: input.releaseId, workspaceId: viewer.workspaceId },
      select: {
        id: true,
        settings: true,
        tooLong: true,
        expiresAt: true,
        release: { select: { state: true } },
      },
    });
    if (!quote) throw new AppError('NOT_FOUND');
    if (quote.expiresAt < new Date())
      throw new AppError('CONFLICT', 'training.errors.quoteExpired');
    if (quote.release.state !== 'frozen')
      throw new AppError('CONFLICT', 'training.errors.notFrozen');
    const tooLong = Array.isArray(quote.tooLong) ? quote.tooLong.length : 0;
    if (tooLong > 0) throw new AppError('INVALID', 'training.errors.tooLong', { count: tooLong });
    if (!input.acceptWithdrawn) await assertNothingWithdrawn(tx, input.releaseId);

    const last = await tx.run.aggregate({
      where: { workspaceId: viewer.workspaceId },
      _max: { number: true },
    });
    const settings = runSettingsSchema.parse(quote.settings);
    const run = await tx.run.create({
      data: {
        workspaceId: viewer.workspaceId,
        releaseId: input.releaseId,
        quoteId: quote.id,
        number: (last._max.number ?? 0) + 1,
        seed: settings.seed,
        idempotencyKey: input.idempotencyKey,
        createdById: viewer.userId,
      },
      select: { id: true, number: true },
    });
    await recordAudit(tx, viewer, {
      action: 'run.started',
      subjectType: 'run',
      subjectId: run.id,
      data: { releaseId: input.releaseId, quoteId: quote.id, number: run.number },
    });
    await startJob(tx, viewer, { kind: 'run.train', subjectId: run.id, input: {} });
    return run;
  });
}

async function assertNothingWithdrawn(tx: Tx, releaseId: string) {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS "count" FROM "ReleaseItem" i JOIN "Review" w ON w."withdrawsId" = i."reviewId"
    WHERE i."releaseId" = ${releaseId}::uuid`;
  const count = row?.count ?? 0;
  if (count > 0)
    throw new AppError(
      'CONFLICT',
      'releases.errors.withdrawn',
      { count },
      { data: { withdrawn: count } },
    );
}

/** Asks a run to stop. The trainer ends after its current step; what it learned is dropped. */
export async function cancelRun(viewer: Viewer, runId: string): Promise<void> {
  assertCan(viewer, 'run:create');
  await db.$transaction(async (tx) => {
    const { count } = await tx.run.updateMany({
      where: {
        id: runId,
        workspaceId: viewer.workspaceId,
        state: { in: ['queued', 'preparing', 'training', 'evaluating'] },
        cancelRequestedAt: null,
      },
      data: { cancelRequestedAt: new Date() },
    });
    if (count === 0) {
      const run = await tx.run.findFirst({
        where: { id: runId, workspaceId: viewer.workspaceId },
        select: { id: true },
      });
      if (!run) throw new AppError('NOT_FOUND');
      return;
    }
    await tx.job.updateMany({
      where: {
        subjectId: runId,
        workspaceId: viewer.workspaceId,
        kind: 'run.train',
        state: { in: ['queued', 'running'] },
      },
      data: { cancelRequestedAt: new Date() },
    });
    await recordAudit(tx, viewer, {
      action: 'run.cancel_requested',
      subjectType: 'run',
      subjectId: runId,
    });
    await publish(tx, `run:${runId}`);
  });
}
