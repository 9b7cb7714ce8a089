import { AppError } from '@/lib/errors';

/** Rows that a list gives at once, unless somebody asks for another number. */
export const DEFAULT_PAGE_SIZE = 50;
export const MAX_PAGE_SIZE = 100;

/** A part of a list: at most `limit` rows, those past the row whose id is `after`. */
export type PageInput = { limit: number; after: string | null };
/** `next` is the id to go on after; null on the last page. */
export type Page<T> = { rows: T[]; next: string | null };

/** The page of what was read: one row more than `limit` says that there is another. */
export function toPage<T extends { id: string }>(read: readonly T[], limit: number): Page<T> {
  const rows = read.slice(0, limit);
  return { rows, next: read.length > limit ? (rows.at(-1)?.id ?? null) : null };
}

/** The row that a page goes on after, for lists in another order than that of ids. Throws `badCursor`. */
export async function findBorder<T>(
  after: string | null,
  find: (id: string) => Promise<T | null>,
): Promise<T | null> {
  if (after === null) return null;
  const border = await find(after);
  if (!border) throw badCursor();
  return border;
}

/** The refusal of a cursor that names no row of the list. */
export const badCursor = (): AppError =>
  new AppError('INVALID', undefined, {}, { fieldErrors: { cursor: 'badCursor' } });
