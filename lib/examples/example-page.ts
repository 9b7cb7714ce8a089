import 'server-only';
import { Prisma } from '@/lib/db';
import type { Cursor, ExampleSort, SortKey } from '@/lib/examples/example-schema';

/**
 * Keyset pages: the sort key, then the number, which is unique in a dataset. A page backwards
 * walks the same order the other way round.
 */
type Direction = 'asc' | 'desc';

/** Each key as text that survives the way through a cursor. */
export const keyText: Record<SortKey, Prisma.Sql> = {
  number: Prisma.sql`''`,
  updatedAt: Prisma.sql`to_char(e."updatedAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || '+00'`,
  topic: Prisma.sql`e."topic"`,
  status: Prisma.sql`e."status"::text`,
  author: Prisma.sql`e."authorId"::text`,
};

/** The way in which rows are read: against the shown order on the way back. */
export function readDirection(sort: ExampleSort, cursor: Cursor | null): Direction {
  if (cursor?.go !== 'prev') return sort.direction;
  return sort.direction === 'asc' ? 'desc' : 'asc';
}

export function toOrderBy(sort: ExampleSort, direction: Direction): Prisma.Sql {
  const way = direction === 'asc' ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  switch (sort.key) {
    case 'number':
      return Prisma.sql`e."number" ${way}`;
    case 'updatedAt':
      return Prisma.sql`e."updatedAt" ${way}, e."number" ${way}`;
    case 'topic':
      return Prisma.sql`e."topic" ${way}, e."number" ${way}`;
    case 'status':
      return Prisma.sql`e."status" ${way}, e."number" ${way}`;
    case 'author':
      return Prisma.sql`e."authorId" ${way}, e."number" ${way}`;
    default:
      return sort.key satisfies never;
  }
}

/** What lies past the cursor in the direction of reading. */
export function toKeyset(cursor: Cursor, direction: Direction): Prisma.Sql {
  const { k, n } = cursor;
  const past = direction === 'asc' ? Prisma.sql`>` : Prisma.sql`<`;
  switch (cursor.s) {
    case 'number':
      return Prisma.sql`e."number" ${past} ${n}::int`;
    case 'updatedAt':
      return Prisma.sql`(e."updatedAt", e."number") ${past} (${k}::timestamptz, ${n}::int)`;
    case 'topic':
      return toTopicKeyset(k, n, direction);
    case 'status':
      return Prisma.sql`(e."status", e."number") ${past} (${k}::"ExampleStatus", ${n}::int)`;
    case 'author':
      return Prisma.sql`(e."authorId", e."number") ${past} (${k}::uuid, ${n}::int)`;
    default:
      return cursor.s satisfies never;
  }
}

/** Ascending, examples without a topic come last; descending, first. */
function toTopicKeyset(topic: string | null, n: number, direction: Direction): Prisma.Sql {
  if (direction === 'asc')
    return topic === null
      ? Prisma.sql`e."topic" IS NULL AND e."number" > ${n}::int`
      : Prisma.sql`((e."topic", e."number") > (${topic}, ${n}::int) OR e."topic" IS NULL)`;
  return topic === null
    ? Prisma.sql`(e."topic" IS NOT NULL OR e."number" < ${n}::int)`
    : Prisma.sql`(e."topic", e."number") < (${topic}, ${n}::int)`;
}
