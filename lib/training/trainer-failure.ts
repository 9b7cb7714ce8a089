import { AppError } from '@/lib/errors';

/** The codes of trainer/README.md that a page explains: what happened and what to do. */
const knownFailures = new Set([
  'bad_rows',
  'rows_too_long',
  'broken_base_model',
  'broken_adapter',
  'broken_installation',
  'disk_full',
  'out_of_memory',
  'diverged',
  'died',
]);

/** A failure of the trainer as people see it. */
export function trainerAppError(failure: {
  code: string;
  details: Record<string, unknown>;
}): AppError {
  const code = knownFailures.has(failure.code) ? failure.code : 'internal';
  const count = Array.isArray(failure.details.lines) ? failure.details.lines.length : 0;
  return new AppError('UNAVAILABLE', `training.failures.${code}.what`, { count });
}
