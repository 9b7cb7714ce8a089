import { z } from 'zod';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, type PageInput } from '@/lib/paging';

/** How many entries a list answers. */
export const limitQuery = {
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(DEFAULT_PAGE_SIZE),
};

/** The query of a list that goes on after a row: `cursor` is the `next` of the page before. */
export const pageQuery = { ...limitQuery, cursor: z.uuid('badCursor').optional() };

export const toPageInput = ({
  limit,
  cursor,
}: {
  limit: number;
  cursor?: string | undefined;
}): PageInput => ({ limit, after: cursor ?? null });

/** What a list answers beside its entries. */
export const next = z.string().nullable();
