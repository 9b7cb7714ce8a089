import 'server-only';
import { findLastAnchor } from '@/lib/audit/anchors';
import { type Detail, readDetails } from '@/lib/audit/audit-rules';
import type { RecordCursor, RecordFilter } from '@/lib/audit/audit-schema';
import { findSubjects, type Subject } from '@/lib/audit/audit-subjects';
import { toRecordWhere } from '@/lib/audit/audit-where';
import { findHead } from '@/lib/audit/sealing';
import { db, Prisma } from '@/lib/db';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';

const PAGE = 50;

/** One entry as the page shows it. */
export type RecordRow = {
  id: string;
  at: Date;
  /** Its place in the chain; null while it is not sealed. */
  sequence: number | null;
  actorId: string | null;
  actor: string | null;
  via: 'session' | 'token';
  action: string;
  details: Detail[];
  subjectType: string;
  subjectId: string | null;
  /** Null where the subject is gone or has no name. */
  subject: Subject | null;
};

type Stored = Omit<RecordRow, 'details' | 'subject'> & {
  exactAt: string;
  workspaceId: string | null;
  data: unknown;
  hash: string | null;
};

async function readPage(
  where: Prisma.Sql,
  cursor: RecordCursor | null,
  limit: number,
): Promise<Stored[]> {
  const back = cursor?.go === 'prev';
  const past = back ? Prisma.sql`>` : Prisma.sql`<`;
  const way = back ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const from = cursor
    ? Prisma.sql`AND (e."at", e."id") ${past} (${cursor.at}::timestamptz, ${cursor.id}::uuid)`
    : Prisma.empty;
  return db.$queryRaw<Stored[]>`
    SELECT e."id", e."at", to_char(e."at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "exactAt",
      s."sequence", s."hash", e."workspaceId", e."actorId", u."name" AS "actor", e."via"::text AS "via", e."action", e."data",
      e."subjectType", e."subjectId"
    FROM "AuditEvent" e
    LEFT JOIN "AuditSeal" s ON s."eventId" = e."id"
    LEFT JOIN "User" u ON u."id" = e."actorId"
    WHERE ${where} ${from}
    ORDER BY e."at" ${way}, e."id" ${way} LIMIT ${limit + 1}`;
}

const cursorOf = (go: RecordCursor['go'], row: Stored): RecordCursor => ({
  go,
  at: row.exactAt,
  id: row.id,
});

/** A page of entries, newest first, with the cursors of the pages before and after. */
export async function findRecord(
  viewer: Viewer,
  input: { filter: RecordFilter; cursor: RecordCursor | null },
): Promise<{ rows: RecordRow[]; previous: RecordCursor | null; next: RecordCursor | null }> {
  assertCan(viewer, 'record:read');
  const { filter, cursor } = input;
  const read = await readPage(await toRecordWhere(viewer, filter), cursor, PAGE);
  const hasMore = read.length > PAGE;
  const back = cursor?.go === 'prev';
  const page = back ? read.slice(0, PAGE).reverse() : read.slice(0, PAGE);
  const subjects = await findSubjects(viewer, page);
  const [first, last] = [page[0], page.at(-1)];
  return {
    rows: page.map(({ exactAt: _, workspaceId: _workspace, hash: _hash, data, ...row }) => ({
      ...row,
      details: readDetails(data),
      subject: (row.subjectId && subjects.get(row.subjectId)) || null,
    })),
    previous: first && cursor && (!back || hasMore) ? cursorOf('prev', first) : null,
    next: last && (back || hasMore) ? cursorOf('next', last) : null,
  };
}

/**
 * Entries as they are sealed, newest first: with these a program recomputes every hash (see
 * `sealHash`). `next` goes on after them.
 */
export async function findRecordEntries(
  viewer: Viewer,
  input: { filter: RecordFilter; after: Omit<RecordCursor, 'go'> | null; limit: number },
) {
  assertCan(viewer, 'record:read');
  const { filter, after, limit } = input;
  const cursor = after && { ...after, go: 'next' as const };
  const read = await readPage(await toRecordWhere(viewer, filter), cursor, limit);
  const page = read.slice(0, limit);
  const last = page.at(-1);
  return {
    entries: page.map(({ exactAt, ...row }) => ({ ...row, at: exactAt })),
    next: last && read.length > limit ? cursorOf('next', last) : null,
  };
}

/** Who has entries in the workspace's record, for the filter: at most 500, by name. */
export async function findRecordPeople(viewer: Viewer): Promise<{ id: string; name: string }[]> {
  assertCan(viewer, 'record:read');
  return db.$queryRaw<{ id: string; name: string }[]>`
    SELECT u."id", u."name" FROM "User" u
    WHERE EXISTS (SELECT 1 FROM "AuditEvent" e
      WHERE e."workspaceId" = ${viewer.workspaceId}::uuid AND e."actorId" = u."id")
      OR EXISTS (SELECT 1 FROM "Member" m WHERE m."workspaceId" = ${viewer.workspaceId}::uuid AND m."userId" = u."id")
    ORDER BY u."name", u."id" LIMIT 500`;
}

export type ChainState = {
  sealed: number;
  waiting: number;
  anchored: { sequence: number; at: Date } | null;
  /** The last anchor names another hash than the seal in its place, or one that is not there. */
  isBroken: boolean;
};

/** How far the workspace's chain is sealed and anchored, and whether both still say the same. */
export async function getChainState(viewer: Viewer): Promise<ChainState> {
  assertCan(viewer, 'record:read');
  const [head, anchor] = await Promise.all([
    findHead(viewer.workspaceId),
    findLastAnchor(viewer.workspaceId),
  ]);
  const sealed = head?.sequence ?? 0;
  // Unsealed entries are among the youngest: an hour before the head bounds the look.
  const [row] = await db.$queryRaw<{ waiting: number; hash: string | null }[]>`
    SELECT (SELECT count(*)::int FROM "AuditEvent" e WHERE e."workspaceId" = ${viewer.workspaceId}::uuid
        AND e."at" > coalesce((SELECT h."at" - interval '1 hour' FROM "AuditSeal" s JOIN "AuditEvent" h ON h."id" = s."eventId"
          WHERE s."chain" = ${viewer.workspaceId}::uuid AND s."sequence" = ${sealed}::int), '-infinity')
        AND NOT EXISTS (SELECT 1 FROM "AuditSeal" s WHERE s."eventId" = e."id")) AS "waiting",
      (SELECT s."hash" FROM "AuditSeal" s WHERE s."chain" = ${viewer.workspaceId}::uuid
        AND s."sequence" = ${anchor?.sequence ?? 0}::int) AS "hash"`;
  return {
    sealed,
    waiting: row?.waiting ?? 0,
    anchored: anchor && { sequence: anchor.sequence, at: new Date(anchor.at) },
    isBroken: anchor !== null && row?.hash !== anchor.hash,
  };
}
