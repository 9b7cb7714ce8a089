import 'server-only';
import { db, type Tx } from '@/lib/db';
import { AppError, type ErrorCode } from '@/lib/errors';

/** What the database refuses by its own rules (prisma/migrations/0002_guarantees), in words. */
const refusals: Record<string, [ErrorCode, string]> = {
  approved_without_approval: ['CONFLICT', 'examples.errors.approvalWithdrawn'],
  Example_approved_is_current: ['CONFLICT', 'examples.errors.approvalWithdrawn'],
  Example_current_is_approved: ['CONFLICT', 'examples.errors.approvalWithdrawn'],
  placement_is_final: ['CONFLICT', 'examples.errors.placementIsFinal'],
  example_identity_is_final: ['CONFLICT', 'examples.errors.final'],
  immutable_row: ['CONFLICT', 'examples.errors.final'],
  Example_pkey: ['CONFLICT', 'examples.errors.idTaken'],
  'Unique constraint failed': ['CONFLICT', 'examples.errors.idTaken'],
};

function translate(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error;
  const text = `${error.message} ${JSON.stringify((error as { meta?: unknown }).meta ?? '')}`;
  const hit = Object.entries(refusals).find(([name]) => text.includes(name));
  return hit ? new AppError(...hit[1]) : error;
}

/** One transaction; a refusal of the database's own becomes an AppError here, and only here. */
export async function inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    return await db.$transaction(work);
  } catch (error) {
    throw translate(error);
  }
}
