import 'server-only';
import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { z } from 'zod';
import { recordAudit } from '@/lib/audit/audit-mutations';
import type { RecordExportFormat, RecordFilter } from '@/lib/audit/audit-schema';
import { toRecordWhere } from '@/lib/audit/audit-where';
import { db, Prisma } from '@/lib/db';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';

const PAGE = 1_000;

const lineSchema = z.object({
  entry: z.number().nullable(),
  id: z.string(),
  at: z.string(),
  person: z.string().nullable(),
  personId: z.string().nullable(),
  via: z.string(),
  action: z.string(),
  subjectType: z.string(),
  subjectId: z.string().nullable(),
  data: z.unknown(),
  hash: z.string().nullable(),
});
type Line = z.infer<typeof lineSchema>;

/** Every entry that fits, oldest first, page by page: memory does not grow with the record. */
async function* readLines(where: Prisma.Sql): AsyncGenerator<Line> {
  let from = Prisma.empty;
  for (;;) {
    const rows = await db.$queryRaw`
      SELECT s."sequence" AS "entry", e."id", to_char(e."at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "at",
        u."name" AS "person", e."actorId" AS "personId", e."via"::text AS "via", e."action", e."subjectType",
        e."subjectId", e."data", s."hash"
      FROM "AuditEvent" e
      LEFT JOIN "AuditSeal" s ON s."eventId" = e."id"
      LEFT JOIN "User" u ON u."id" = e."actorId"
      WHERE ${where} ${from} ORDER BY e."at", e."id" LIMIT ${PAGE}`;
    const page = z.array(lineSchema).parse(rows);
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    from = Prisma.sql`AND (e."at", e."id") > (${last.at}::timestamptz, ${last.id}::uuid)`;
  }
}

export type RecordHeadings = Record<
  | 'entry'
  | 'at'
  | 'person'
  | 'personId'
  | 'via'
  | 'action'
  | 'sentence'
  | 'subjectType'
  | 'subjectId'
  | 'data'
  | 'hash',
  string
> & { sentenceOf: (action: string) => string };

async function* toCells(lines: AsyncGenerator<Line>, headings: RecordHeadings) {
  const { sentenceOf, ...titles } = headings;
  yield Object.values(titles);
  for await (const line of lines)
    yield [
      line.entry ?? '',
      line.at,
      line.person ?? '',
      line.personId ?? '',
      line.via,
      line.action,
      sentenceOf(line.action),
      line.subjectType,
      line.subjectId ?? '',
      JSON.stringify(line.data),
      line.hash ?? '',
    ].map(String);
}

async function* toJsonLines(lines: AsyncGenerator<Line>) {
  for await (const line of lines) yield `${JSON.stringify(line)}\n`;
}

/**
 * For the machine's own program: a whole chain as JSON lines, null being the installation's; it
 * records in that chain that somebody took it. Nobody is signed in there, so it names no person.
 */
export async function* exportChain(workspaceId: string | null): AsyncGenerator<string> {
  await db.$transaction((tx) =>
    recordAudit(
      tx,
      { userId: null, workspaceId, via: 'session' },
      { action: 'record.exported', subjectType: 'record', data: { format: 'jsonl' } },
    ),
  );
  yield* toJsonLines(
    readLines(
      workspaceId
        ? Prisma.sql`e."workspaceId" = ${workspaceId}::uuid`
        : Prisma.sql`e."workspaceId" IS NULL`,
    ),
  );
}

/** Streams what the filter finds and records that somebody took it. Cells are safe from formulas. */
export async function exportRecord(
  viewer: Viewer,
  input: { filter: RecordFilter; format: RecordExportFormat; headings: RecordHeadings },
): Promise<ReadableStream<Uint8Array>> {
  assertCan(viewer, 'record:read');
  const { filter, format, headings } = input;
  const where = await toRecordWhere(viewer, filter);
  await db.$transaction((tx) =>
    recordAudit(tx, viewer, {
      action: 'record.exported',
      subjectType: 'record',
      data: { format, scope: filter.scope },
    }),
  );
  const lines = readLines(where);
  const bytes =
    format === 'jsonl'
      ? Readable.from(toJsonLines(lines), { objectMode: false })
      : Readable.from(toCells(lines, headings)).pipe(
          stringify({ bom: true, escape_formulas: true, record_delimiter: 'windows' }),
        );
  return Readable.toWeb(bytes) as ReadableStream<Uint8Array>;
}
