import 'server-only';
import { z } from 'zod';
import { type db, Prisma, type Tx } from '@/lib/db';
import { type ExampleStatus, exampleStatuses } from '@/lib/examples/example-rules';

/** Characters of prompt and reply that a list carries. */
export const CLAMP = 400;

const rowSchema = z.object({
  id: z.string(),
  number: z.number(),
  status: z.enum(exampleStatuses),
  topic: z.string().nullable(),
  tags: z.array(z.string()),
  groupKey: z.string().nullable(),
  version: z.number(),
  currentRevisionId: z.string(),
  authorId: z.string(),
  authorName: z.string(),
  updatedAt: z.date().transform((date) => date.toISOString()),
  prompt: z.string(),
  reply: z.string(),
  /** Prompt and reply are here whole. */
  isWhole: z.boolean(),
  messageCount: z.number(),
  blockers: z.number(),
  warnings: z.number(),
  /** This viewer typed something that is not yet a revision. */
  hasWorkingCopy: z.boolean(),
});
const keyedSchema = rowSchema.extend({ key: z.string().nullable() });

/** One line of the examples list. */
export type ExampleRow = z.infer<typeof rowSchema>;
export type KeyedRow = z.infer<typeof keyedSchema>;

/** The columns that the inner query has to give. */
export const pageColumns = Prisma.sql`
  e."id", e."number", e."status", e."topic", e."tags", e."groupKey", e."version",
  e."currentRevisionId", e."authorId", e."updatedAt"`;

/**
 * Rows for the list from an inner query of `pageColumns` and `key`; only its few rows meet
 * revisions, names and findings. The order of the inner query has to be repeated in `orderBy`.
 */
export async function loadRows(
  client: typeof db | Tx,
  viewer: { userId: string },
  inner: Prisma.Sql,
  orderBy: Prisma.Sql,
): Promise<KeyedRow[]> {
  const rows = await client.$queryRaw<unknown[]>(rowsQuery(viewer, inner, orderBy));
  return rows.map((row) => keyedSchema.parse(row));
}

export function rowsQuery(
  viewer: { userId: string },
  inner: Prisma.Sql,
  orderBy: Prisma.Sql,
): Prisma.Sql {
  return Prisma.sql`
    SELECT e.*, coalesce(u."name", '') AS "authorName",
      left(r."promptText", ${CLAMP}::int) AS "prompt", left(r."replyText", ${CLAMP}::int) AS "reply",
      char_length(r."promptText") <= ${CLAMP}::int AND char_length(r."replyText") <= ${CLAMP}::int AS "isWhole",
      jsonb_array_length(r."content"->'messages') AS "messageCount",
      found."blockers", found."warnings",
      EXISTS (
        SELECT 1 FROM "WorkingCopy" w WHERE w."exampleId" = e."id" AND w."userId" = ${viewer.userId}::uuid
      ) AS "hasWorkingCopy"
    FROM (${inner}) e
    JOIN "Revision" r ON r."id" = e."currentRevisionId"
    LEFT JOIN "User" u ON u."id" = e."authorId"
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE f."severity" = 'blocker')::int AS "blockers",
             count(*) FILTER (WHERE f."severity" = 'warning')::int AS "warnings"
      FROM "Finding" f WHERE f."exampleId" = e."id" AND f."state" = 'open'
    ) found
    ORDER BY ${orderBy}`;
}

/** The lines of single examples, by number. Ids outside the workspace or in the bin are left out. */
export async function loadRowsById(
  client: typeof db | Tx,
  viewer: { userId: string; workspaceId: string },
  ids: string[],
): Promise<ExampleRow[]> {
  const inner = Prisma.sql`
    SELECT ${pageColumns}, NULL::text AS "key" FROM "Example" e
    WHERE e."id" = ANY (${ids}::uuid[]) AND e."workspaceId" = ${viewer.workspaceId}::uuid
      AND e."binnedAt" IS NULL AND e."currentRevisionId" IS NOT NULL`;
  const rows = await loadRows(client, viewer, inner, Prisma.sql`e."number"`);
  return rows.map(({ key: _, ...row }) => row);
}

export type { ExampleStatus };
