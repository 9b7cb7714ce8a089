import 'server-only';
import { z } from 'zod';
import { db, Prisma } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { keyText, readDirection, toKeyset, toOrderBy } from '@/lib/examples/example-page';
import {
  type ExampleRow,
  type KeyedRow,
  loadRows,
  pageColumns,
  rowsQuery,
} from '@/lib/examples/example-rows';
import {
  type Cursor,
  type ExampleFilter,
  type ExampleSort,
  type FindExamples,
  findExamplesSchema,
  formatCursor,
  parseCursor,
} from '@/lib/examples/example-schema';
import { toWhere } from '@/lib/examples/example-where';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';

export { findRevisions, getExample } from '@/lib/examples/example-detail';
export type { ExampleRow } from '@/lib/examples/example-rows';

export type ExamplePage = {
  rows: ExampleRow[];
  /** Position of the first row in the whole list, from 0; exact while nobody changes the list. */
  at: number;
  next: string | null;
  previous: string | null;
};

/**
 * A page of examples that match, at most 100. A cursor of another sort, or none, gives the first
 * page. Another workspace's dataset gives an empty page.
 */
export async function findExamples(viewer: Viewer, input: FindExamples): Promise<ExamplePage> {
  assertCan(viewer, 'example:read');
  const { datasetId, filter, sort, limit, ...rest } = findExamplesSchema.parse(input);
  const cursor = rest.cursor ? parseCursor(rest.cursor, sort) : null;
  const { inner, orderBy } = pageQuery(viewer, { datasetId, filter, sort, cursor, limit });
  const found = await loadRows(db, viewer, inner, orderBy);
  return toPage({ found, sort, cursor, limit });
}

type PageInput = {
  datasetId: string;
  filter: ExampleFilter;
  sort: ExampleSort;
  cursor: Cursor | null;
  limit: number;
};

function pageQuery(viewer: Viewer, input: PageInput) {
  const { cursor, sort } = input;
  const direction = readDirection(sort, cursor);
  const orderBy = toOrderBy(sort, direction);
  const past = cursor ? Prisma.sql` AND ${toKeyset(cursor, direction)}` : Prisma.empty;
  const inner = Prisma.sql`
    SELECT ${pageColumns}, ${keyText[sort.key]} AS "key" FROM "Example" e
    WHERE ${toWhere(viewer, input.datasetId, input.filter)}${past}
    ORDER BY ${orderBy} LIMIT ${input.limit + 1}`;
  return { inner, orderBy };
}

/** The SQL of a page, for the test that reads its plan. */
export function explainableQuery(viewer: Viewer, input: PageInput): Prisma.Sql {
  const { inner, orderBy } = pageQuery(viewer, input);
  return rowsQuery(viewer, inner, orderBy);
}

function toPage({
  found,
  sort,
  cursor,
  limit,
}: {
  found: KeyedRow[];
  sort: ExampleSort;
  cursor: Cursor | null;
  limit: number;
}): ExamplePage {
  const back = cursor?.go === 'prev';
  const hasMore = found.length > limit;
  const kept = hasMore ? found.slice(0, limit) : found;
  const shown = back ? kept.toReversed() : kept;
  const at = back ? Math.max(0, (cursor?.at ?? 0) - shown.length) : (cursor?.at ?? 0);
  const edge = (row: KeyedRow | undefined, go: 'next' | 'prev', position: number) =>
    row
      ? formatCursor({
          s: sort.key,
          d: sort.direction,
          go,
          k: row.key,
          n: row.number,
          at: position,
        })
      : null;
  const hasPrevious = back ? hasMore : cursor !== null;
  const hasNext = back || hasMore;
  return {
    rows: shown.map(({ key: _, ...row }) => row),
    at: back && !hasMore ? 0 : at,
    previous: hasPrevious ? edge(shown[0], 'prev', at) : null,
    next: hasNext ? edge(shown.at(-1), 'next', at + shown.length) : null,
  };
}

/** How many examples match, exactly. */
export async function countExamples(
  viewer: Viewer,
  datasetId: string,
  filter: ExampleFilter,
): Promise<number> {
  assertCan(viewer, 'example:read');
  const [row] = await db.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) AS "count" FROM "Example" e WHERE ${toWhere(viewer, datasetId, filter)}`;
  return Number(row?.count ?? 0);
}

/** The numbers of a dataset's examples by status, without what is in the bin. */
export async function countByStatus(viewer: Viewer, datasetId: string) {
  assertCan(viewer, 'example:read');
  const rows = await db.example.groupBy({
    by: ['status'],
    where: { workspaceId: viewer.workspaceId, datasetId, binnedAt: null },
    _count: { _all: true },
  });
  return Object.fromEntries(rows.map((row) => [row.status, row._count._all]));
}

/** Most topics, tags and authors that a filter offers. */
const MAX_CHOICES = 500;
const choiceSchema = z.array(z.object({ value: z.string().nullable(), count: z.number() }));

/** The topics in use, by name, with their numbers; null stands for none. */
export async function findTopics(viewer: Viewer, datasetId: string) {
  assertCan(viewer, 'example:read');
  const rows = await db.$queryRaw`
    SELECT e."topic" AS "value", count(*)::int AS "count" FROM "Example" e
    WHERE ${toWhere(viewer, datasetId, {})}
    GROUP BY e."topic" ORDER BY e."topic" NULLS FIRST LIMIT ${MAX_CHOICES}`;
  return choiceSchema.parse(rows);
}

/** The tags in use, by name, with their numbers. */
export async function findTags(viewer: Viewer, datasetId: string) {
  assertCan(viewer, 'example:read');
  const rows = await db.$queryRaw`
    SELECT tag AS "value", count(*)::int AS "count" FROM "Example" e, unnest(e."tags") tag
    WHERE ${toWhere(viewer, datasetId, {})}
    GROUP BY tag ORDER BY tag LIMIT ${MAX_CHOICES}`;
  return choiceSchema.parse(rows).map(({ value, count }) => ({ value: value ?? '', count }));
}

const authorsSchema = z.array(z.object({ id: z.string(), name: z.string(), count: z.number() }));

/** The people whose text is the current revision of some example, by name. */
export async function findAuthors(viewer: Viewer, datasetId: string) {
  assertCan(viewer, 'example:read');
  const rows = await db.$queryRaw`
    SELECT e."authorId"::text AS "id", coalesce(max(u."name"), '') AS "name", count(*)::int AS "count"
    FROM "Example" e LEFT JOIN "User" u ON u."id" = e."authorId"
    WHERE ${toWhere(viewer, datasetId, {})}
    GROUP BY e."authorId" ORDER BY "name", "id" LIMIT ${MAX_CHOICES}`;
  return authorsSchema.parse(rows);
}

/** The id of an example by its number. Throws NOT_FOUND. */
export async function getExampleId(
  viewer: Viewer,
  input: { datasetId: string; number: number },
): Promise<string> {
  assertCan(viewer, 'example:read');
  const row = await db.example.findFirst({
    where: {
      datasetId: input.datasetId,
      number: input.number,
      workspaceId: viewer.workspaceId,
      binnedAt: null,
    },
    select: { id: true },
  });
  if (!row) throw new AppError('NOT_FOUND');
  return row.id;
}
