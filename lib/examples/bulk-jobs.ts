import 'server-only';
import { z } from 'zod';
import { db } from '@/lib/db';
import { assertCanBulk } from '@/lib/examples/bulk-mutations';
import {
  type BulkTask,
  readResult,
  snapshotSelection,
  snapshotUndo,
  workOnPiece,
} from '@/lib/examples/bulk-work';
import { bulkMoveKindSchema, idSchema, selectionSchema } from '@/lib/examples/example-schema';
import { inTransaction } from '@/lib/examples/example-transaction';
import { defineJob } from '@/lib/jobs';

const inputSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('move'),
    datasetId: idSchema,
    selection: selectionSchema,
    move: bulkMoveKindSchema,
  }),
  z.object({ kind: z.literal('undo'), datasetId: idSchema, of: idSchema }),
]);

/**
 * A bulk change of more examples than a request takes. Goes on where a dead worker stopped:
 * every piece commits with what it did. A cancelled one keeps what was done, and says how much.
 */
export const bulkJob = defineJob({
  kind: 'example.bulk',
  input: inputSchema,
  async run({ jobId, viewer, input, progress, throwIfCancelled, signal }) {
    if (input.kind === 'move') assertCanBulk(viewer, input.move);
    const task: BulkTask =
      input.kind === 'move'
        ? { kind: 'move', datasetId: input.datasetId, move: input.move }
        : { kind: 'undo', datasetId: input.datasetId, of: input.of };
    await inTransaction((tx) =>
      input.kind === 'move'
        ? snapshotSelection(tx, viewer, { jobId, ...input })
        : snapshotUndo(tx, viewer, { jobId, of: input.of }),
    );
    const [total, before] = await Promise.all([
      db.bulkItem.count({ where: { jobId } }),
      db.bulkItem.count({ where: { jobId, outcome: { not: null } } }),
    ]);
    let done = before;
    await progress(done, total, 'bulk');
    for (;;) {
      signal.throwIfAborted();
      await throwIfCancelled();
      const size = await inTransaction((tx) => workOnPiece(tx, viewer, jobId, task));
      if (size === 0) break;
      done += size;
      await progress(done, total, 'bulk');
    }
    const named =
      input.kind === 'move' && 'ids' in input.selection ? new Set(input.selection.ids).size : null;
    return readResult(db, jobId, named);
  },
});
