import 'server-only';
import { AppError } from '@/lib/errors';

/**
 * How many jobs of a workspace that people or programs began wait or run at a time; what the
 * workspace owes is not among them. The database keeps it (prisma/migrations/0016_job_limit).
 */
export const MAX_OPEN_JOBS = 40;

/** Stores a job. Throws CONFLICT where the database finds the workspace's places taken. */
export async function withinJobLimit<T>(store: () => Promise<T>): Promise<T> {
  try {
    return await store();
  } catch (error) {
    if (error instanceof Error && /\bjob_limit\b/.test(`${error.message} ${String(error.cause)}`))
      throw new AppError('CONFLICT', 'errors.tooManyJobs', { count: MAX_OPEN_JOBS });
    throw error;
  }
}
