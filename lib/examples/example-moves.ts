import 'server-only';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { AppError } from '@/lib/errors';
import { conflictOf } from '@/lib/examples/example-conflict';
import { type ExampleDetail, getExample } from '@/lib/examples/example-detail';
import {
  isMoveDone,
  type Move,
  refusalOfMove,
  statusAfterMove,
} from '@/lib/examples/example-rules';
import { type ExampleMove, exampleMoveSchema } from '@/lib/examples/example-schema';
import { inTransaction } from '@/lib/examples/example-transaction';
import { lockExample } from '@/lib/examples/revision-write';
import { assertCan, type Permission } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';

export const movePermission = {
  submit: 'example:submit',
  take_back: 'example:submit',
  retire: 'example:retire',
  unretire: 'example:retire',
} as const satisfies Record<Move, Permission>;

export const moveAction = {
  submit: 'example.submitted',
  take_back: 'example.taken_back',
  retire: 'example.retired',
  unretire: 'example.unretired',
} as const satisfies Record<Move, string>;

/**
 * Moves one example. Already there = done, so that a repeated request has one effect. Throws
 * CONFLICT where somebody else changed it since, or where the move does not apply.
 */
async function move(viewer: Viewer, name: Move, input: ExampleMove): Promise<ExampleDetail> {
  assertCan(viewer, movePermission[name]);
  const { id, version } = exampleMoveSchema.parse(input);
  return inTransaction(async (tx) => {
    const example = await lockExample(tx, viewer, id);
    const state = {
      ...example,
      isApproved: example.currentRevisionId === example.approvedRevisionId,
    };
    if (isMoveDone(state, name)) return getExample(viewer, id, tx);
    if (example.version !== version) throw await conflictOf(tx, example);
    const status = statusAfterMove(state, name);
    if (!status)
      throw new AppError('CONFLICT', `examples.why.${refusalOfMove(example.status, name)}`);
    await tx.example.update({
      where: { id, version },
      data: {
        status,
        statusBeforeRetire: name === 'retire' ? example.status : null,
        submittedAt: status === 'in_review' ? new Date() : null,
        version: { increment: 1 },
        updatedAt: new Date(),
      },
      select: { id: true },
    });
    await recordAudit(tx, viewer, {
      action: moveAction[name],
      subjectType: 'example',
      subjectId: id,
      data: { from: example.status, to: status, version: version + 1 },
    });
    return getExample(viewer, id, tx);
  });
}

/** Puts a draft, or one that was sent back, into the review queue. */
export const submit = (viewer: Viewer, input: ExampleMove) => move(viewer, 'submit', input);
/** Takes an example out of the queue, back to draft. */
export const takeBack = (viewer: Viewer, input: ExampleMove) => move(viewer, 'take_back', input);
/** Leaves an example out of all future releases. */
export const retire = (viewer: Viewer, input: ExampleMove) => move(viewer, 'retire', input);
/** Gives a retired example its earlier status. */
export const unretire = (viewer: Viewer, input: ExampleMove) => move(viewer, 'unretire', input);
