import 'server-only';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { jobDefinitions } from '@/lib/job-index';
import { finishJob } from '@/lib/jobs';
import { log } from '@/lib/log';
import { viewerForJob } from '@/lib/session';

/**
 * Ends a job whose message the queue has given up, since every worker that took it was killed: it
 * says so to whoever waits for it, and gives its place free. Nothing where it had ended.
 */
export async function buryJob(jobId: string): Promise<void> {
  const job = await db.job.findUnique({ where: { id: jobId } });
  if (!job || job.finishedAt) return;
  const error = new AppError('UNAVAILABLE', 'errors.workerDied', {
    reference: jobId.slice(-8),
  });
  log.error({ jobId, kind: job.kind, attempts: job.attempts }, 'job killed its workers, given up');
  const definition = jobDefinitions.find(({ kind }) => kind === job.kind);
  const { subjectId, createdById, workspaceId, via } = job;
  if (definition?.forWorkspace) await definition.onEnd?.({ subjectId });
  else {
    // Whoever began it may have left; it ends all the same.
    const viewer = await viewerForJob({ userId: createdById, workspaceId, via }).catch(() => null);
    await definition?.onEnd?.({ subjectId, viewer, state: 'failed', error });
  }
  await finishJob(db, jobId, {
    state: 'failed',
    errorCode: error.messageKey,
    errorValues: error.values,
  });
}
