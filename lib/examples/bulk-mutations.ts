import 'server-only';
import type { z } from 'zod';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db, type Prisma, type Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { type BulkResult, isMove } from '@/lib/examples/bulk-rules';
import {
  type BulkTask,
  readResult,
  snapshotSelection,
  snapshotUndo,
  workOnPiece,
} from '@/lib/examples/bulk-work';
import { movePermission } from '@/lib/examples/example-moves';
import { countExamples } from '@/lib/examples/example-queries';
import {
  type BulkMove,
  type BulkMoveKind,
  bulkMoveSchema,
  bulkUndoSchema,
  MAX_BULK_IN_REQUEST,
} from '@/lib/examples/example-schema';
import { inTransaction } from '@/lib/examples/example-transaction';
import { startJob } from '@/lib/jobs';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';

/** How long a bulk change can be undone, in milliseconds: the toast's ten seconds and the way here. */
const UNDO_WINDOW_MS = 60_000;

/** Done at once, or taken by a job whose result says the same. */
export type BulkAnswer =
  | { kind: 'done'; result: BulkResult }
  | { kind: 'job'; jobId: string; selected: number };

/** Throws FORBIDDEN unless the viewer may make this change. */
export function assertCanBulk(viewer: Viewer, move: BulkMoveKind): void {
  assertCan(viewer, isMove(move.kind) ? movePermission[move.kind] : 'example:write');
}

/**
 * Changes a selection: named examples, or all that match a filter. Up to 500 in the request,
 * more as the job `example.bulk`. Examples of another dataset or workspace count as missing.
 */
export async function bulkMove(viewer: Viewer, input: BulkMove): Promise<BulkAnswer> {
  const { datasetId, selection, move } = bulkMoveSchema.parse(input);
  assertCanBulk(viewer, move);
  await assertDataset(viewer, datasetId);
  const selected =
    'ids' in selection
      ? new Set(selection.ids).size
      : await countExamples(viewer, datasetId, selection.filter);
  const jobInput = { kind: 'move', datasetId, selection, move };
  if (selected > MAX_BULK_IN_REQUEST) {
    const job = await inTransaction(async (tx) => {
      const started = await startJob(tx, viewer, {
        kind: 'example.bulk',
        subjectId: datasetId,
        input: jobInput,
      });
      await recordBulk(tx, viewer, datasetId, { jobId: started.id, move: move.kind, selected });
      return started;
    });
    return { kind: 'job', jobId: job.id, selected };
  }
  const named = 'ids' in selection ? selected : null;
  return runNow(viewer, {
    input: jobInput,
    task: { kind: 'move', datasetId, move },
    named,
    label: move.kind,
    snapshot: (tx, jobId) => snapshotSelection(tx, viewer, { jobId, datasetId, selection }),
  });
}

/**
 * Puts back what the viewer's own bulk change did, within a minute, on every example that nobody
 * changed since. Throws NOT_FOUND for another person's, CONFLICT when it is too late or done.
 */
export async function undoBulk(
  viewer: Viewer,
  input: z.infer<typeof bulkUndoSchema>,
): Promise<BulkAnswer> {
  const { jobId: of } = bulkUndoSchema.parse(input);
  assertCan(viewer, 'example:write');
  const job = await db.job.findFirst({
    where: {
      id: of,
      kind: 'example.bulk',
      workspaceId: viewer.workspaceId,
      createdById: viewer.userId,
    },
    select: { subjectId: true, state: true, finishedAt: true, input: true },
  });
  if (!job) throw new AppError('NOT_FOUND');
  const isUndo = (job.input as { kind?: unknown } | null)?.kind === 'undo';
  const age = Date.now() - (job.finishedAt?.getTime() ?? 0);
  if (isUndo || job.state !== 'done' || age > UNDO_WINDOW_MS)
    throw new AppError('CONFLICT', 'examples.errors.undoTooLate');
  const datasetId = job.subjectId;
  const done = await db.bulkItem.count({ where: { jobId: of, outcome: 'done' } });
  const jobInput = { kind: 'undo', datasetId, of };
  if (done > MAX_BULK_IN_REQUEST) {
    const job = await inTransaction(async (tx) => {
      const started = await startJob(tx, viewer, {
        kind: 'example.bulk',
        subjectId: datasetId,
        input: jobInput,
      });
      await recordBulk(tx, viewer, datasetId, { jobId: started.id, move: 'undo', selected: done });
      return started;
    });
    return { kind: 'job', jobId: job.id, selected: done };
  }
  return runNow(viewer, {
    input: jobInput,
    task: { kind: 'undo', datasetId, of },
    named: null,
    label: 'undo',
    snapshot: (tx, jobId) => snapshotUndo(tx, viewer, { jobId, of }),
  });
}

async function runNow(
  viewer: Viewer,
  work: {
    input: Prisma.InputJsonObject;
    task: BulkTask;
    named: number | null;
    label: string;
    snapshot: (tx: Tx, jobId: string) => Promise<void>;
  },
): Promise<BulkAnswer> {
  const { task } = work;
  return inTransaction(async (tx) => {
    const { id: jobId } = await tx.job.create({
      data: {
        kind: 'example.bulk',
        workspaceId: viewer.workspaceId,
        createdById: viewer.userId,
        via: viewer.via,
        subjectId: task.datasetId,
        input: work.input,
        state: 'done',
        startedAt: new Date(),
        finishedAt: new Date(),
      },
      select: { id: true },
    });
    await work.snapshot(tx, jobId);
    while ((await workOnPiece(tx, viewer, jobId, task)) > 0);
    const result = await readResult(tx, jobId, work.named);
    await tx.job.update({ where: { id: jobId }, data: { result }, select: { id: true } });
    await recordBulk(tx, viewer, task.datasetId, {
      jobId,
      move: work.label,
      selected: result.selected,
    });
    return { kind: 'done' as const, result };
  });
}

function recordBulk(
  tx: Tx,
  viewer: Viewer,
  datasetId: string,
  data: { jobId: string; move: string; selected: number },
): Promise<void> {
  return recordAudit(tx, viewer, {
    action: 'example.bulk_changed',
    subjectType: 'dataset',
    subjectId: datasetId,
    data,
  });
}

async function assertDataset(viewer: Viewer, id: string): Promise<void> {
  const dataset = await db.dataset.findFirst({
    where: { id, workspaceId: viewer.workspaceId },
    select: { id: true },
  });
  if (!dataset) throw new AppError('NOT_FOUND');
}
