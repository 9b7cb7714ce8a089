import 'server-only';
import { db, type Tx } from '@/lib/db';
import type { AppError } from '@/lib/errors';
import { publish } from '@/lib/events';
import type { Begun, JobDefinition } from '@/lib/jobs';
import type { Job, Prisma } from '@/prisma/generated/client';

type EndingJob = Pick<Job, 'id' | 'subjectId' | 'createdById' | 'workspaceId' | 'via'>;

/** Whose job it is, whether they are still there or not. */
export const begunOf = ({ createdById: userId, workspaceId, via }: EndingJob): Required<Begun> => ({
  userId,
  workspaceId,
  via,
});

/**
 * Ends a job for good after its subject was put right: as cancelled, or as failed with an error
 * that says what to do, or with null where nobody knows.
 */
export async function endBadly(
  definition: JobDefinition,
  job: EndingJob,
  end: 'cancelled' | AppError | null,
): Promise<void> {
  const { id, subjectId } = job;
  const state = end === 'cancelled' ? 'cancelled' : 'failed';
  const error = end === 'cancelled' ? null : end;
  await definition.onEnd?.({ subjectId, begun: begunOf(job), state, error });
  if (end === 'cancelled') await finishJob(db, id, { state });
  else
    await finishJob(db, id, {
      state,
      errorCode: error?.messageKey ?? 'errors.unexpected',
      errorValues: error?.values ?? { reference: referenceOf(id) },
    });
}

/** What people are told to name when they ask about a job. */
export const referenceOf = (jobId: string): string => jobId.slice(-8);

/** Ends a job that has not ended. False where it had. */
export async function finishJob(
  tx: Tx | typeof db,
  jobId: string,
  end: Prisma.JobUpdateManyMutationInput & { state: 'done' | 'failed' | 'cancelled' },
): Promise<boolean> {
  const { count } = await tx.job.updateMany({
    where: { id: jobId, finishedAt: null },
    data: { ...end, finishedAt: new Date() },
  });
  if (count > 0) await publish(tx, `job:${jobId}`);
  return count > 0;
}
