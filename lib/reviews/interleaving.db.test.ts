import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/lib/db';
import { approve, correctAndPassOn } from '@/lib/reviews/review-mutations';
import { withdrawApproval } from '@/lib/reviews/withdrawal-mutations';
import { contentOf } from '@/tests/factories-examples';
import {
  createDesk,
  createInReview,
  type Desk,
  edit,
  reviewsOf,
  seenNow,
  stateOf,
} from '@/tests/factories-reviews';
import { countStatements, settledOrBlocked, startPaused } from '@/tests/pauses';

let desk: Desk;
beforeAll(async () => {
  desk = await createDesk();
});

type Seen = Awaited<ReturnType<typeof seenNow>>;
type Operation = (seen: Seen) => Promise<unknown>;

const approving: Operation = (seen) => approve(desk.reviewer, seen);
const editing: Operation = (seen) => edit(desk.writer, seen.exampleId, `Edited ${randomUUID()}`);
const correcting: Operation = (seen) =>
  correctAndPassOn(desk.admin, {
    ...seen,
    decisionId: randomUUID(),
    content: contentOf(`Corrected ${randomUUID()}`),
  });
const withdrawing: Operation = (seen) =>
  withdrawApproval(desk.admin, { exampleId: seen.exampleId });

/** Whatever happened in between: what stands approved was seen, and is the text that stands there. */
async function assertApprovalIsOfWhatWasSeen(seen: Seen, approval: PromiseSettledResult<unknown>) {
  const state = await stateOf(seen.exampleId);
  const reviews = await reviewsOf(seen.exampleId);
  const approvals = reviews.filter((review) => review.decision === 'approve');
  if (approval.status === 'fulfilled') {
    expect(approvals.map((review) => review.revisionId)).toEqual([seen.revisionId]);
  } else {
    expect(approval.reason).toMatchObject({ code: 'CONFLICT' });
    expect(approvals).toEqual([]);
  }
  if (state.status === 'approved') {
    expect(state.approvedRevisionId).toBe(state.currentRevisionId);
    expect(state.approvedRevisionId).toBe(seen.revisionId);
  } else {
    expect(state.status).toBe('in_review');
    expect(state.approvedRevisionId).not.toBe(state.currentRevisionId);
  }
  return state;
}

describe('an approval while somebody else writes, at every statement of both', () => {
  test.each([
    ['an edit', editing],
    ['a correction', correcting],
  ])(
    '%s',
    async (_name, writing) => {
      const fresh = () => createInReview(desk.writer, desk.datasetId);
      const forApproval = await fresh();
      const approvalSteps = await countStatements(() => approving(forApproval));
      const forWriting = await fresh();
      const writingSteps = await countStatements(() => writing(forWriting));
      expect(approvalSteps).toBeGreaterThan(5);
      expect(writingSteps).toBeGreaterThan(5);
      let approved = 0;
      let refused = 0;
      for (const writesFirst of [true, false]) {
        for (let stop = 1; stop <= (writesFirst ? writingSteps : approvalSteps); stop += 1) {
          const seen = await fresh();
          const [first, second] = writesFirst ? [writing, approving] : [approving, writing];
          const held = startPaused(stop, () => first(seen));
          await held.reached;
          const between = startPaused(0, () => second(seen));
          await settledOrBlocked(between.done);
          held.go();
          const outcomes = [await held.done, await between.done];
          const approval = writesFirst ? outcomes[1] : outcomes[0];
          const written = writesFirst ? outcomes[0] : outcomes[1];
          if (!approval || !written) throw new Error('both ran');
          const state = await assertApprovalIsOfWhatWasSeen(seen, approval);
          if (written.status === 'fulfilled') expect(state.status).toBe('in_review');
          else expect(written.reason).toMatchObject({ code: 'CONFLICT' });
          if (approval.status === 'fulfilled') approved += 1;
          else refused += 1;
        }
      }
      // Both orders came up; otherwise the pauses paused nothing.
      expect(approved).toBeGreaterThan(0);
      expect(refused).toBeGreaterThan(0);
    },
    120_000,
  );
});

test('a withdrawal while somebody edits leaves nothing approved, at every statement', async () => {
  const fresh = async () => {
    const seen = await createInReview(desk.writer, desk.datasetId);
    await approving(seen);
    return seenNow(desk.datasetId, seen.exampleId);
  };
  const first = await fresh();
  const steps = await countStatements(() => withdrawing(first));
  for (let i = 1; i <= steps; i += 1) {
    const seen = await fresh();
    const held = startPaused(i, () => withdrawing(seen));
    await held.reached;
    const between = startPaused(0, () => editing(seen));
    await settledOrBlocked(between.done);
    held.go();
    const [withdrawal, edited] = [await held.done, await between.done];
    expect(withdrawal.status).toBe('fulfilled');
    expect(edited.status).toBe('fulfilled');
    const state = await stateOf(seen.exampleId);
    expect(state).toMatchObject({ status: 'in_review', approvedRevisionId: null });
    expect(await db.revision.count({ where: { exampleId: seen.exampleId } })).toBe(2);
  }
}, 120_000);
