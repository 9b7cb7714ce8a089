import 'server-only';
import type { z } from 'zod';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db, type Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { publish } from '@/lib/events';
import { begunOf, endBadly, finishJob } from '@/lib/job-end';
import { withinJobLimit } from '@/lib/job-limit';
import { log } from '@/lib/log';
import { assertCan } from '@/lib/permissions';
import { enqueue, type QueueName, type QueueOptions } from '@/lib/queue';
import { type Viewer, viewerForJob } from '@/lib/session';
import type { Prisma } from '@/prisma/generated/client';

/** Thrown out of a job by `throwIfCancelled`. */
export class JobCancelled extends Error {}

/** Whose job it is: what it writes bears their workspace, and the next job is theirs too. */
export type Begun = Pick<Viewer, 'userId' | 'workspaceId'> & Partial<Pick<Viewer, 'via'>>;

export type WorkspaceJobContext<I> = {
  jobId: string;
  begun: Begun;
  subjectId: string;
  input: I;
  attempt: number;
  /** Aborted when the worker is told to stop. */
  signal: AbortSignal;
  /** Measured progress. `stage` is a key of messages/en/jobs.json. At most four writes a second reach the database. */
  progress(done: number, total: number | null, stage: string): Promise<void>;
  /** Throws JobCancelled once somebody asked for it. */
  throwIfCancelled(): Promise<void>;
  /**
   * Ends the job as done and writes, in one transaction, what may stand there once: a worker that
   * dies before it is delivered again, one that dies after it is not. `run` returns nothing then.
   */
  conclude(result: Prisma.InputJsonValue, write: (tx: Tx) => Promise<void>): Promise<void>;
};

export type JobContext<I> = Omit<WorkspaceJobContext<I>, 'begun'> & {
  /** The person who began it, with the rights that they have now. */
  viewer: Viewer;
};

/** One kind of job. `run` must be safe to run twice: a dead worker's job is delivered again. */
type PersonJobDefinition<S extends z.ZodType> = {
  kind: QueueName;
  input: S;
  forWorkspace?: undefined;
  run(context: JobContext<z.infer<S>>): Promise<Prisma.InputJsonValue | undefined>;
  /**
   * Called once when the job ended badly for good, to put the subject's row right. Whoever began it
   * may have left, which is why it may have ended: it is recorded as theirs all the same.
   */
  onEnd?(context: {
    subjectId: string;
    begun: Required<Begun>;
    state: 'failed' | 'cancelled';
    error: AppError | null;
  }): Promise<void>;
};

/**
 * A job that the workspace owes, whatever became of the person who began it: it needs nobody's
 * rights and gets no viewer.
 */
type WorkspaceJobDefinition<S extends z.ZodType> = {
  kind: QueueName;
  input: S;
  forWorkspace: true;
  run(context: WorkspaceJobContext<z.infer<S>>): Promise<Prisma.InputJsonValue | undefined>;
  onEnd?(context: { subjectId: string }): Promise<void>;
};

export type JobDefinition<S extends z.ZodType = z.ZodType> =
  | PersonJobDefinition<S>
  | WorkspaceJobDefinition<S>;

export function defineJob<S extends z.ZodType>(
  definition: PersonJobDefinition<S>,
): PersonJobDefinition<S> {
  return definition;
}

export function defineWorkspaceJob<S extends z.ZodType>(
  definition: Omit<WorkspaceJobDefinition<S>, 'forWorkspace'>,
): WorkspaceJobDefinition<S> {
  return { ...definition, forWorkspace: true };
}

/**
 * Creates the job that people see and wakes a worker, in the caller's transaction. Throws CONFLICT
 * while MAX_OPEN_JOBS of the workspace wait or run, except for what the workspace owes.
 */
export async function startJob(
  tx: Tx,
  begun: Begun,
  job: { kind: QueueName; subjectId: string; input: Prisma.InputJsonValue },
  options: QueueOptions = {},
): Promise<{ id: string }> {
  const data = {
    ...job,
    workspaceId: begun.workspaceId,
    createdById: begun.userId,
    via: begun.via ?? 'session',
  };
  const row = await withinJobLimit(() => tx.job.create({ data, select: { id: true } }));
  await enqueue(tx, job.kind, { jobId: row.id }, options);
  return row;
}

/**
 * Asks a job to stop; it does at its next safe point. Only the person who began it, and admins,
 * may. Throws NOT_FOUND once it has ended and outside the workspace, FORBIDDEN for another's job.
 */
export async function cancelJob(viewer: Viewer, jobId: string): Promise<void> {
  assertCan(viewer, 'workspace:read');
  const where = {
    id: jobId,
    workspaceId: viewer.workspaceId,
    state: { in: ['queued', 'running'] },
  } satisfies Prisma.JobWhereInput;
  await db.$transaction(async (tx) => {
    const job = await tx.job.findFirst({ where, select: { createdById: true, kind: true } });
    if (!job) throw new AppError('NOT_FOUND');
    if (job.createdById !== viewer.userId && viewer.role !== 'admin')
      throw new AppError('FORBIDDEN');
    // Locks the row: of two who ask at once, the second finds that it was asked already.
    const { count } = await tx.job.updateMany({
      where: { ...where, cancelRequestedAt: null },
      data: { cancelRequestedAt: new Date() },
    });
    if (count === 0) {
      if (await tx.job.findFirst({ where, select: { id: true } })) return;
      throw new AppError('NOT_FOUND');
    }
    await recordAudit(tx, viewer, {
      action: 'job.cancel_requested',
      subjectType: 'job',
      subjectId: jobId,
      data: { kind: job.kind },
    });
    await publish(tx, `job:${jobId}`);
  });
}

const jobSelect = {
  id: true,
  kind: true,
  subjectId: true,
  state: true,
  progressDone: true,
  progressTotal: true,
  progressStage: true,
  result: true,
  errorCode: true,
  errorValues: true,
  createdAt: true,
  startedAt: true,
  finishedAt: true,
  cancelRequestedAt: true,
} satisfies Prisma.JobSelect;

export type JobView = Prisma.JobGetPayload<{ select: typeof jobSelect }>;

/** What the page of a job shows. Throws NOT_FOUND outside the viewer's workspace. */
export async function getJob(viewer: Viewer, jobId: string): Promise<JobView> {
  assertCan(viewer, 'workspace:read');
  const job = await db.job.findFirst({
    where: { id: jobId, workspaceId: viewer.workspaceId },
    select: jobSelect,
  });
  if (!job) throw new AppError('NOT_FOUND');
  return job;
}

/** The newest job on a subject, if there is one. */
export async function findLatestJob(viewer: Viewer, subjectId: string): Promise<JobView | null> {
  assertCan(viewer, 'workspace:read');
  return db.job.findFirst({
    where: { subjectId, workspaceId: viewer.workspaceId },
    orderBy: { id: 'desc' },
    select: jobSelect,
  });
}

/**
 * Runs one delivery of a job. Failures that a person can act on end the job; anything else is
 * thrown, so that the queue delivers it again, and ends the job at the last attempt.
 */
export async function runJob(
  definition: JobDefinition,
  delivery: { jobId: string; lastAttempt: boolean; signal: AbortSignal },
): Promise<void> {
  const { jobId } = delivery;
  const job = await db.job.findUnique({ where: { id: jobId } });
  if (!job || job.state === 'done' || job.state === 'failed' || job.state === 'cancelled') return;
  const begun = begunOf(job);
  try {
    const { count } = await db.job.updateMany({
      where: { id: jobId, finishedAt: null },
      data: {
        state: 'running',
        startedAt: job.startedAt ?? new Date(),
        attempts: { increment: 1 },
      },
    });
    // Ended since it was read, by a worker that was thought dead: it must not come to life again.
    if (count === 0) return;
    const context = {
      jobId,
      subjectId: job.subjectId,
      input: definition.input.parse(job.input),
      attempt: job.attempts + 1,
      signal: delivery.signal,
      progress: progressWriter(jobId),
      throwIfCancelled: async () => {
        const row = await db.job.findUnique({
          where: { id: jobId },
          select: { cancelRequestedAt: true },
        });
        if (row?.cancelRequestedAt) throw new JobCancelled();
      },
      conclude: (result: Prisma.InputJsonValue, write: (tx: Tx) => Promise<void>) =>
        db.$transaction(async (tx) => {
          if (await finishJob(tx, jobId, { state: 'done', result })) await write(tx);
        }),
    };
    let result: Prisma.InputJsonValue | undefined;
    if (definition.forWorkspace) result = await definition.run({ ...context, begun });
    else result = await definition.run({ ...context, viewer: await viewerForJob(begun) });
    await finishJob(db, jobId, { state: 'done', ...(result !== undefined && { result }) });
  } catch (error) {
    if (delivery.signal.aborted) throw error;
    if (error instanceof JobCancelled) await endBadly(definition, job, 'cancelled');
    else if (error instanceof AppError) await endBadly(definition, job, error);
    else if (delivery.lastAttempt) {
      log.error({ err: error, jobId, kind: job.kind }, 'job failed for good');
      await endBadly(definition, job, null);
    } else {
      log.warn({ err: error, jobId, kind: job.kind }, 'job will be tried again');
      throw error;
    }
  }
}

function progressWriter(jobId: string): JobContext<unknown>['progress'] {
  let last = 0;
  let lastStage = '';
  return async (done, total, stage) => {
    const now = performance.now();
    if (stage === lastStage && done !== total && now - last < 250) return;
    last = now;
    lastStage = stage;
    await db.job.updateMany({
      where: { id: jobId },
      data: { progressDone: done, progressTotal: total, progressStage: stage },
    });
    await publish(db, `job:${jobId}`);
  };
}
