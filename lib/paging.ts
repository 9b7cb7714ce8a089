import { AppError } from '@/lib/errors';

/** A part of a list: at most `limit` rows, those past the row whose id is `after`. */
export type PageInput = { limit: number; after: string | null };
/** `next` is the id to go on after; null on the last page. */
export type Page<T> = { rows: T[]; next: string | null };

/** The page of what was read: one row more than `limit` says that there is another. */
export function toPage<T extends { id: string }>(read: readonly T[], limit: number): Page<T> {
  const rows = read.slice(0, limit);
  return { rows, next: read.length > limit ? (rows.at(-1)?.id ?? null) : null };
}

/** The refusal of a cursor that names no row of the list. */
export const badCursor = (): AppError =>
  new AppError('INVALID', undefined, {}, { fieldErrors: { cursor: 'badCursor' } });
