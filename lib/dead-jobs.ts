import 'server-only';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { endBadly, referenceOf } from '@/lib/job-end';
import { jobDefinitions } from '@/lib/job-index';
import { log } from '@/lib/log';

/**
 * Ends a job whose message the queue has given up, since every worker that took it was killed: it
 * says so to whoever waits for it, and gives its place free. Nothing where it had ended.
 */
export async function buryJob(jobId: string): Promise<void> {
  const job = await db.job.findUnique({ where: { id: jobId } });
  const definition = jobDefinitions.find(({ kind }) => kind === job?.kind);
  if (!job || !definition || job.finishedAt) return;
  log.error({ jobId, kind: job.kind, attempts: job.attempts }, 'job killed its workers, given up');
  const reference = referenceOf(jobId);
  await endBadly(definition, job, new AppError('UNAVAILABLE', 'errors.workerDied', { reference }));
}
