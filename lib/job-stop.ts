import 'server-only';
import type { WorkspaceJobContext } from '@/lib/jobs';

/** How often a job that waits for an answer looks whether somebody asked it to stop. */
const LOOK_MS = 500;

/**
 * Does work that ends when its signal is aborted, and aborts it once somebody asks the job to stop
 * or the worker ends: throws JobCancelled then, or the worker's own reason. Not begun where
 * somebody asked before.
 */
export async function untilStopped<T>(
  job: Pick<WorkspaceJobContext<unknown>, 'signal' | 'throwIfCancelled'>,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  await job.throwIfCancelled();
  const stop = new AbortController();
  const looking = setInterval(() => {
    job.throwIfCancelled().catch((reason) => stop.abort(reason));
  }, LOOK_MS);
  try {
    return await work(AbortSignal.any([job.signal, stop.signal]));
  } finally {
    clearInterval(looking);
  }
}
