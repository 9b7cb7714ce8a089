import 'server-only';
import { z } from 'zod';
import { type AuditEntry, recordAudit } from '@/lib/audit/audit-mutations';
import { Prisma, type Tx } from '@/lib/db';
import {
  type BulkResult,
  countOutcomes,
  decideBulk,
  isMove,
  type Place,
  placeSchema,
} from '@/lib/examples/bulk-rules';
import { copyExamples } from '@/lib/examples/example-copy';
import { moveAction } from '@/lib/examples/example-moves';
import {
  type BulkMoveKind,
  MAX_BULK_IN_REQUEST,
  type Selection,
} from '@/lib/examples/example-schema';
import { toWhere } from '@/lib/examples/example-where';
import type { Viewer } from '@/lib/session';

/**
 * The engine of bulk changes, the same in a request and in a job: the selection is written down
 * once, with versions; then pieces of it are locked, decided and changed, each in a transaction
 * of its own, and every example keeps what became of it.
 */
export type BulkTask =
  | { kind: 'move'; datasetId: string; move: BulkMoveKind }
  | { kind: 'undo'; datasetId: string; of: string };

/** Writes the selection down. Does nothing where that was done before. */
export async function snapshotSelection(
  tx: Tx,
  viewer: Viewer,
  input: { jobId: string; datasetId: string; selection: Selection },
): Promise<void> {
  if (await hasItems(tx, input.jobId)) return;
  const chosen =
    'ids' in input.selection
      ? Prisma.sql`${toWhere(viewer, input.datasetId, {})} AND e."id" = ANY (${input.selection.ids}::uuid[])`
      : toWhere(viewer, input.datasetId, input.selection.filter);
  await tx.$executeRaw`
    INSERT INTO "BulkItem" ("jobId", "exampleId", "workspaceId", "version")
    SELECT ${input.jobId}::uuid, e."id", e."workspaceId", e."version" FROM "Example" e WHERE ${chosen}`;
}

/** Writes down what an undo has to put back: all that the earlier change did, with its versions. */
export async function snapshotUndo(
  tx: Tx,
  viewer: Viewer,
  input: { jobId: string; of: string },
): Promise<void> {
  if (await hasItems(tx, input.jobId)) return;
  await tx.$executeRaw`
    INSERT INTO "BulkItem" ("jobId", "exampleId", "workspaceId", "version", "before")
    SELECT ${input.jobId}::uuid, coalesce(b."createdId", b."exampleId"), b."workspaceId",
      CASE WHEN b."createdId" IS NULL THEN b."versionAfter" ELSE 1 END, b."before"
    FROM "BulkItem" b
    WHERE b."jobId" = ${input.of}::uuid AND b."workspaceId" = ${viewer.workspaceId}::uuid AND b."outcome" = 'done'`;
}

async function hasItems(tx: Tx, jobId: string): Promise<boolean> {
  return (await tx.bulkItem.findFirst({ where: { jobId }, select: { jobId: true } })) !== null;
}

const lockedSchema = z.array(
  placeSchema.extend({
    id: z.string(),
    version: z.number(),
    expected: z.number(),
    isApproved: z.boolean(),
    isBinned: z.boolean(),
    back: placeSchema.nullable(),
    isCopy: z.boolean(),
  }),
);
type Locked = z.infer<typeof lockedSchema>[number];
type Outcome = { id: string; outcome: string; before?: Place; createdId?: string };

/**
 * Does the next piece and returns its size. In id order, and with a lock that the foreign keys of
 * the snapshot do not stand against, so that two changes never wait for each other.
 */
export async function workOnPiece(
  tx: Tx,
  viewer: Viewer,
  jobId: string,
  task: BulkTask,
): Promise<number> {
  const rows = await tx.$queryRaw`
    SELECT e."id"::text AS "id", e."version", i."version" AS "expected", e."status", e."statusBeforeRetire",
      to_char(e."submittedAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "submittedAt",
      e."topic", e."tags", e."currentRevisionId" IS NOT DISTINCT FROM e."approvedRevisionId" AS "isApproved",
      e."binnedAt" IS NOT NULL AS "isBinned", i."before" AS "back", i."before" IS NULL AS "isCopy"
    FROM "Example" e JOIN "BulkItem" i ON i."exampleId" = e."id" AND i."jobId" = ${jobId}::uuid
    WHERE i."outcome" IS NULL AND e."workspaceId" = ${viewer.workspaceId}::uuid
    ORDER BY e."id" LIMIT ${MAX_BULK_IN_REQUEST} FOR NO KEY UPDATE OF e`;
  const locked = lockedSchema.parse(rows);
  if (locked.length === 0) return 0;
  const outcomes =
    task.kind === 'undo'
      ? await undoPiece(tx, viewer, jobId, locked)
      : await movePiece(tx, viewer, { jobId, task, locked });
  await tx.$executeRaw`
    UPDATE "BulkItem" i SET "outcome" = o."outcome", "before" = coalesce(o."before", i."before"),
      "createdId" = o."createdId", "versionAfter" = i."version" + 1
    FROM jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb)
      AS o("id" uuid, "outcome" text, "before" jsonb, "createdId" uuid)
    WHERE i."jobId" = ${jobId}::uuid AND i."exampleId" = o."id"`;
  return locked.length;
}

async function movePiece(
  tx: Tx,
  viewer: Viewer,
  { jobId, task, locked }: { jobId: string; task: BulkTask & { kind: 'move' }; locked: Locked[] },
): Promise<Outcome[]> {
  const now = new Date().toISOString();
  const changes: { id: string; place: Place }[] = [];
  const copies: string[] = [];
  const entries: AuditEntry[] = [];
  const outcomes = locked.map((row): Outcome => {
    if (row.isBinned) return { id: row.id, outcome: 'missing' };
    if (row.version !== row.expected) return { id: row.id, outcome: 'conflict' };
    const decision = decideBulk(row, task.move, now);
    if (decision.outcome === 'skipped') return { id: row.id, outcome: decision.reason };
    if (decision.outcome === 'copy') {
      copies.push(row.id);
      return { id: row.id, outcome: 'done' };
    }
    changes.push({ id: row.id, place: decision.place });
    entries.push(entryOf(row, decision.place, task.move, jobId));
    return { id: row.id, outcome: 'done', before: placeSchema.parse(row) };
  });
  await writePlaces(tx, changes);
  const copied = await copyExamples(tx, viewer, task.datasetId, copies);
  for (const [source, id] of copied)
    entries.push({
      action: 'example.duplicated',
      subjectType: 'example',
      subjectId: id,
      data: { derivedFromId: source, jobId },
    });
  if (entries.length > 0) await recordAudit(tx, viewer, ...entries);
  return outcomes.map((outcome) => {
    const createdId = copied.get(outcome.id);
    return createdId ? { ...outcome, createdId } : outcome;
  });
}

function entryOf(row: Locked, place: Place, move: BulkMoveKind, jobId: string): AuditEntry {
  const subject = { subjectType: 'example', subjectId: row.id };
  return isMove(move.kind)
    ? {
        ...subject,
        action: moveAction[move.kind],
        data: { from: row.status, to: place.status, version: row.version + 1, jobId },
      }
    : {
        ...subject,
        action: 'example.described',
        data: { fields: [move.kind === 'set_topic' ? 'topic' : 'tags'], jobId },
      };
}

async function undoPiece(
  tx: Tx,
  viewer: Viewer,
  jobId: string,
  locked: Locked[],
): Promise<Outcome[]> {
  const unchanged = locked.filter((row) => row.version === row.expected && !row.isBinned);
  const changes = unchanged.flatMap((row) => (row.back ? [{ id: row.id, place: row.back }] : []));
  const copies = unchanged.flatMap((row) => (row.isCopy ? [row.id] : []));
  await writePlaces(tx, changes);
  if (copies.length > 0)
    await tx.example.updateMany({
      where: { id: { in: copies }, workspaceId: viewer.workspaceId },
      data: { binnedAt: new Date(), version: { increment: 1 } },
    });
  if (unchanged.length > 0)
    await recordAudit(
      tx,
      viewer,
      ...unchanged.map((row) => ({
        action: 'example.bulk_undone' as const,
        subjectType: 'example',
        subjectId: row.id,
        data: { from: row.status, to: row.back?.status ?? 'binned', jobId },
      })),
    );
  const done = new Set(unchanged.map((row) => row.id));
  return locked.map(({ id }) => ({ id, outcome: done.has(id) ? 'done' : 'changedSince' }));
}

async function writePlaces(tx: Tx, changes: { id: string; place: Place }[]): Promise<void> {
  if (changes.length === 0) return;
  const values = JSON.stringify(changes.map(({ id, place }) => ({ id, ...place })));
  await tx.$executeRaw`
    UPDATE "Example" e SET "status" = p."status"::"ExampleStatus",
      "statusBeforeRetire" = p."statusBeforeRetire"::"ExampleStatus", "submittedAt" = p."submittedAt",
      "topic" = p."topic", "tags" = p."tags", "version" = e."version" + 1, "updatedAt" = now()
    FROM jsonb_to_recordset(${values}::jsonb) AS p("id" uuid, "status" text, "statusBeforeRetire" text,
      "submittedAt" timestamptz, "topic" text, "tags" text[])
    WHERE e."id" = p."id"`;
}

/** The counts of a bulk change. `named` is how many ids the person named, if they did. */
export async function readResult(tx: Tx, jobId: string, named: number | null): Promise<BulkResult> {
  const rows = await tx.bulkItem.groupBy({
    by: ['outcome'],
    where: { jobId, outcome: { not: null } },
    _count: { _all: true },
  });
  const outcomes = rows.map((row) => ({ outcome: row.outcome ?? '', count: row._count._all }));
  const found = outcomes.reduce((sum, { count }) => sum + count, 0);
  return countOutcomes(jobId, outcomes, named === null ? 0 : Math.max(0, named - found));
}
