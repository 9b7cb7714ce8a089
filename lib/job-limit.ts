import 'server-only';
import { AppError } from '@/lib/errors';

/**
 * How many jobs of a workspace that people or programs began wait or run at a time; what the
 * workspace owes is not among them. The database keeps it (prisma/migrations/0016_job_limit).
 */
export const MAX_OPEN_JOBS = 40;

/**
 * Stores a job. Throws CONFLICT where the database finds the workspace's places taken, or a person
 * being erased while another is to be (prisma/migrations/0019_erasure_limit), or from the very
 * release that the job reads (prisma/migrations/0021_erasure).
 */
export async function withinJobLimit<T>(store: () => Promise<T>): Promise<T> {
  try {
    return await store();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const text = `${error.message} ${String(error.cause)}`;
    if (/\bjob_limit\b/.test(text))
      throw new AppError('CONFLICT', 'errors.tooManyJobs', { count: MAX_OPEN_JOBS });
    if (/\berasure_limit\b/.test(text)) throw new AppError('CONFLICT', 'lineage.errors.underWay');
    if (/\brelease_is_erasing\b/.test(text))
      throw new AppError('CONFLICT', 'lineage.errors.releaseErasing');
    throw error;
  }
}
