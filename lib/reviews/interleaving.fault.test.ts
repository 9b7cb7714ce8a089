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

/** Meetings that are played at a time, each on an example of its own: most of their time is waiting. */
const AT_ONCE = 4;

/** Where both stand when they are let go, and who goes first. */
type Meeting = { approvalAt: number; writingAt: number; approvalGoesFirst: boolean };

/** Every statement of the one against every statement of the other, in both orders. */
const everyMeeting = (approvalSteps: number, writingSteps: number): Meeting[] =>
  Array.from({ length: approvalSteps }, (_, a) => a + 1).flatMap((approvalAt) =>
    Array.from({ length: writingSteps }, (_, w) => w + 1).flatMap((writingAt) => [
      { approvalAt, writingAt, approvalGoesFirst: true },
      { approvalAt, writingAt, approvalGoesFirst: false },
    ]),
  );

/** Both walk to their statement (or to a lock that the other holds), then one goes on, then the other. */
async function meet(seen: Seen, writing: Operation, meeting: Meeting) {
  const approval = startPaused(meeting.approvalAt, () => approving(seen));
  await settledOrBlocked(approval.reached);
  const written = startPaused(meeting.writingAt, () => writing(seen));
  await settledOrBlocked(written.reached);
  const [first, second] = meeting.approvalGoesFirst ? [approval, written] : [written, approval];
  first.go();
  await settledOrBlocked(first.done);
  second.go();
  return { approval: await approval.done, written: await written.done };
}

describe('an approval while somebody else writes, every await of the one at every await of the other', () => {
  test.each([
    ['an edit', editing],
    ['a correction', correcting],
  ])('%s', async (_name, writing) => {
    const fresh = () => createInReview(desk.writer, desk.datasetId);
    const forApproval = await fresh();
    const approvalSteps = await countStatements(() => approving(forApproval));
    const forWriting = await fresh();
    const writingSteps = await countStatements(() => writing(forWriting));
    expect(approvalSteps).toBeGreaterThan(5);
    expect(writingSteps).toBeGreaterThan(5);
    const waiting = everyMeeting(approvalSteps, writingSteps);
    let approved = 0;
    let refused = 0;
    const play = async () => {
      for (let meeting = waiting.shift(); meeting; meeting = waiting.shift()) {
        const seen = await fresh();
        const { approval, written } = await meet(seen, writing, meeting);
        const state = await assertApprovalIsOfWhatWasSeen(seen, approval);
        if (written.status === 'fulfilled') expect(state.status).toBe('in_review');
        else expect(written.reason).toMatchObject({ code: 'CONFLICT' });
        if (approval.status === 'fulfilled') approved += 1;
        else refused += 1;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, play));
    expect(approved + refused).toBe(approvalSteps * writingSteps * 2);
    // Both ends came up often; otherwise the pauses paused nothing.
    expect(approved).toBeGreaterThan(approvalSteps);
    expect(refused).toBeGreaterThan(approvalSteps);
  });
});

test('an approval of any version but the newest fails', async () => {
  const looks = [await createInReview(desk.writer, desk.datasetId)];
  const exampleId = looks[0]?.exampleId ?? '';
  for (let n = 0; n < 4; n += 1) {
    await edit(desk.writer, exampleId, `Edited ${randomUUID()}`);
    looks.push(await seenNow(desk.datasetId, exampleId));
  }
  const newest = looks.pop();
  for (const stale of looks) {
    await expect(approving(stale)).rejects.toMatchObject({ code: 'CONFLICT' });
    if (newest)
      await expect(approving({ ...stale, version: newest.version })).rejects.toMatchObject({
        code: 'CONFLICT',
      });
  }
  expect(await reviewsOf(exampleId)).toEqual([]);
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
