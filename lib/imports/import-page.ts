import { notFound } from 'next/navigation';
import { AppError } from '@/lib/errors';

/** Loads for a page: what the person may not see is a page that does not exist. */
export async function orNotFound<T>(load: () => Promise<T>): Promise<T> {
  const result = await load().catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return null;
    throw error;
  });
  if (result === null) notFound();
  return result;
}
