import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/lib/db';
import { claimNext } from '@/lib/reviews/claim-mutations';
import { findMyDecisions, getQueueSummary } from '@/lib/reviews/queue-queries';
import { takeDecision } from '@/lib/reviews/review-desk';
import { approve, correctAndPassOn, sendBack } from '@/lib/reviews/review-mutations';
import { findReviewItems } from '@/lib/reviews/review-queries';
import { withdraw, withdrawApproval } from '@/lib/reviews/withdrawal-mutations';
import type { Viewer } from '@/lib/session';
import { ownerSql } from '@/tests/database';
import { contentOf, createDataset, createExample } from '@/tests/factories-examples';
import {
  createDesk,
  createInReview,
  type Desk,
  edit,
  reviewsOf,
  seenNow,
  stateOf,
} from '@/tests/factories-reviews';

let desk: Desk;
let other: Desk;
let writer: Viewer;
let maya: Viewer;
let omar: Viewer;

beforeAll(async () => {
  desk = await createDesk();
  other = await createDesk('other');
  writer = desk.writer;
  maya = desk.reviewer;
  omar = await desk.person('reviewer', 'Omar');
});

const fresh = (options?: Parameters<typeof createInReview>[2]) =>
  createInReview(writer, desk.datasetId, options);
const actionsOf = async (exampleId: string) =>
  (
    await db.auditEvent.findMany({
      where: { subjectId: exampleId },
      orderBy: { id: 'asc' },
      select: { action: true, actorId: true, workspaceId: true },
    })
  ).filter((event) => event.action.startsWith('review.'));

describe('approve', () => {
  test('makes the seen revision the approved one, recorded, with the lease given back', async () => {
    const seen = await fresh();
    await claimNext(maya, {
      datasetId: desk.datasetId,
      topic: null,
      order: 'oldest',
      after: null,
      skip: [],
      only: seen.exampleId,
    });
    const result = await approve(maya, seen);
    expect(result).toEqual({
      reviewId: seen.decisionId,
      exampleId: seen.exampleId,
      number: result.number,
      decision: 'approve',
      status: 'approved',
    });
    expect(await stateOf(seen.exampleId)).toEqual({
      status: 'approved',
      currentRevisionId: seen.revisionId,
      approvedRevisionId: seen.revisionId,
      version: seen.version + 1,
    });
    expect(await db.claim.count({ where: { exampleId: seen.exampleId } })).toBe(0);
    expect(await actionsOf(seen.exampleId)).toEqual([
      { action: 'review.approved', actorId: maya.userId, workspaceId: desk.workspace.id },
    ]);
  });

  test('refuses what changed since it was seen and shows the new text', async () => {
    const seen = await fresh();
    await edit(writer, seen.exampleId, 'A newer text.');
    await expect(approve(maya, seen)).rejects.toMatchObject({
      code: 'CONFLICT',
      messageKey: 'reviews.errors.changed',
    });
    const { datasetId, ...decision } = seen;
    await expect(
      takeDecision(maya, { datasetId, decision: { decision: 'approve', ...decision } }),
    ).rejects.toMatchObject({
      code: 'CONFLICT',
      data: { item: { content: { reply: 'A newer text.' }, version: seen.version + 1 } },
    });
    const newer = await seenNow(desk.datasetId, seen.exampleId);
    await expect(approve(maya, { ...newer, version: seen.version })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await expect(approve(maya, { ...newer, revisionId: seen.revisionId })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    expect(await stateOf(seen.exampleId)).toMatchObject({ status: 'in_review' });
    expect(await reviewsOf(seen.exampleId)).toEqual([]);
    await approve(maya, newer);
    expect(await stateOf(seen.exampleId)).toMatchObject({ approvedRevisionId: newer.revisionId });
  });

  test('refuses what another reviewer holds, until their lease ends', async () => {
    const seen = await fresh();
    const only = {
      topic: null,
      order: 'oldest',
      after: null,
      skip: [],
      only: seen.exampleId,
    } as const;
    await claimNext(omar, { ...only, skip: [], datasetId: desk.datasetId });
    await expect(approve(maya, seen)).rejects.toMatchObject({
      messageKey: 'reviews.errors.claimedByOther',
    });
    await ownerSql(
      `UPDATE "Claim" SET "expiresAt" = now() - interval '1 s' WHERE "exampleId" = $1`,
      [seen.exampleId],
    );
    expect(await approve(maya, seen)).toMatchObject({ status: 'approved' });
  });

  test('is prevented by a blocker of the newest brief, not by a warning', async () => {
    const phrase = (severity: string, text: string) => ({
      id: randomUUID(),
      kind: 'banned_phrase',
      severity,
      phrases: [text],
    });
    const rules = [phrase('blocker', 'unfortunately'), phrase('warning', 'kindly')];
    const dataset = await createDataset(desk.admin, { rules });
    const bad = await createInReview(writer, dataset.id, { reply: 'Unfortunately not.' });
    const fair = await createInReview(writer, dataset.id, { reply: 'Kindly wait.' });
    await expect(approve(maya, bad)).rejects.toMatchObject({
      code: 'INVALID',
      messageKey: 'reviews.obstacle.blockers',
    });
    expect(await reviewsOf(bad.exampleId)).toEqual([]);
    await approve(maya, fair);
    const brief = await db.brief.findFirstOrThrow({
      where: { datasetId: dataset.id },
      select: { id: true },
    });
    const review = await db.review.findUniqueOrThrow({
      where: { id: fair.decisionId },
      select: { briefId: true },
    });
    expect(review.briefId).toBe(brief.id);
  });

  test('is refused to a writer and for an own text', async () => {
    const seen = await fresh();
    await expect(approve(writer, seen)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    // Before anything is read: whoever may not decide does not learn what there is.
    const nowhere = { ...seen, exampleId: randomUUID() };
    await expect(approve(writer, nowhere)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(approve(maya, nowhere)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const own = await createInReview(maya, desk.datasetId);
    await expect(approve(maya, own)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      messageKey: 'reviews.obstacle.ownText',
    });
  });
});

describe('correct and pass on', () => {
  test('makes a revision of the reviewer that another person approves', async () => {
    const seen = await fresh();
    const content = contentOf('A better reply.');
    expect(await correctAndPassOn(maya, { ...seen, content })).toMatchObject({
      decision: 'correct',
      status: 'in_review',
    });
    const state = await stateOf(seen.exampleId);
    expect(state).toMatchObject({ status: 'in_review', approvedRevisionId: null });
    const revision = await db.revision.findUniqueOrThrow({
      where: { id: state.currentRevisionId ?? '' },
      select: { authorId: true, origin: true, replyText: true, ordinal: true },
    });
    expect(revision).toEqual({
      authorId: maya.userId,
      origin: 'correction',
      replyText: 'A better reply.',
      ordinal: 2,
    });
    const [review] = await reviewsOf(seen.exampleId);
    expect(review).toMatchObject({ decision: 'correct', revisionId: seen.revisionId });
    const next = await seenNow(desk.datasetId, seen.exampleId);
    await expect(approve(maya, next)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await approve(omar, next)).toMatchObject({ status: 'approved' });
  });

  test('needs a change', async () => {
    const seen = await fresh({ reply: 'The same.' });
    await expect(
      correctAndPassOn(maya, { ...seen, content: contentOf('The same.') }),
    ).rejects.toMatchObject({ code: 'INVALID' });
    expect(await reviewsOf(seen.exampleId)).toEqual([]);
  });
});

describe('send back', () => {
  test('gives the example back with its reason', async () => {
    const seen = await fresh();
    await sendBack(maya, { ...seen, reason: 'Too long.' });
    expect(await stateOf(seen.exampleId)).toMatchObject({ status: 'sent_back' });
    const [item] = await findReviewItems(maya, {
      datasetId: desk.datasetId,
      exampleIds: [seen.exampleId],
    });
    expect(item?.earlier).toMatchObject({ decision: 'send_back', reason: 'Too long.' });
  });
});

describe('what is not in review', () => {
  const content = contentOf('Another text.');
  test.each<[string, (seen: Awaited<ReturnType<typeof seenNow>>) => Promise<unknown>]>([
    ['approved', (seen) => approve(maya, seen)],
    ['corrected', (seen) => correctAndPassOn(maya, { ...seen, content })],
    ['sent back', (seen) => sendBack(maya, { ...seen, reason: 'Too long.' })],
  ])('is not %s', async (_, decide) => {
    const { id } = await createExample(writer, desk.datasetId);
    await expect(decide(await seenNow(desk.datasetId, id))).rejects.toMatchObject({
      code: 'CONFLICT',
      messageKey: 'reviews.errors.notInReview',
    });
    expect(await stateOf(id)).toMatchObject({ status: 'draft' });
    expect(await reviewsOf(id)).toEqual([]);
  });
});

describe('withdraw', () => {
  test('takes an approval back: a further row, and the example in review again', async () => {
    const seen = await fresh();
    const { reviewId } = await approve(maya, seen);
    const decisionId = randomUUID();
    const once = await withdraw(maya, { decisionId, reviewId, datasetId: desk.datasetId });
    expect(once).toMatchObject({ reviewId: decisionId, decision: 'withdraw', status: 'in_review' });
    expect(await stateOf(seen.exampleId)).toMatchObject({
      status: 'in_review',
      approvedRevisionId: null,
    });
    expect((await reviewsOf(seen.exampleId)).map((review) => review.decision)).toEqual([
      'approve',
      'withdraw',
    ]);
    const again = await withdraw(omar, {
      decisionId: randomUUID(),
      reviewId,
      datasetId: desk.datasetId,
    });
    expect(again).toEqual(once);
    expect((await actionsOf(seen.exampleId)).map((event) => event.action)).toEqual([
      'review.approved',
      'review.withdrawn',
    ]);
    expect(await approve(maya, await seenNow(desk.datasetId, seen.exampleId))).toMatchObject({
      status: 'approved',
    });
  });

  test('takes one’s own sending back back, until the writer has gone on', async () => {
    const seen = await fresh();
    const { reviewId } = await sendBack(maya, { ...seen, reason: 'Hm.' });
    const input = () => ({ decisionId: randomUUID(), reviewId, datasetId: desk.datasetId });
    await expect(withdraw(omar, input())).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await withdraw(maya, input());
    expect(await stateOf(seen.exampleId)).toMatchObject({ status: 'in_review' });

    const second = await fresh();
    const sent = await sendBack(maya, { ...second, reason: 'Hm.' });
    await edit(writer, second.exampleId, 'Changed already.');
    await expect(withdraw(maya, { ...input(), reviewId: sent.reviewId })).rejects.toMatchObject({
      messageKey: 'reviews.errors.wentOn',
    });
    expect(await stateOf(second.exampleId)).toMatchObject({ status: 'sent_back' });
  });

  test('of a correction is not offered', async () => {
    const seen = await fresh();
    const { reviewId } = await correctAndPassOn(maya, { ...seen, content: contentOf('Better.') });
    await expect(
      withdraw(maya, { decisionId: randomUUID(), reviewId, datasetId: desk.datasetId }),
    ).rejects.toMatchObject({ messageKey: 'reviews.errors.notWithdrawable' });
  });

  test('of an approval that an edit has overtaken leaves the newer text in review', async () => {
    const seen = await fresh();
    const { reviewId } = await approve(maya, seen);
    await edit(omar, seen.exampleId, 'Newer.');
    await withdraw(maya, { decisionId: randomUUID(), reviewId, datasetId: desk.datasetId });
    expect(await stateOf(seen.exampleId)).toMatchObject({
      status: 'in_review',
      approvedRevisionId: null,
    });
    await expect(withdrawApproval(maya, { exampleId: seen.exampleId })).rejects.toMatchObject({
      messageKey: 'reviews.errors.nothingToWithdraw',
    });
  });

  test('leaves a retired example retired, without its approval', async () => {
    const seen = await fresh();
    await approve(maya, seen);
    await db.example.update({
      where: { id: seen.exampleId },
      data: { status: 'retired', statusBeforeRetire: 'approved' },
      select: { id: true },
    });
    await withdrawApproval(omar, { exampleId: seen.exampleId });
    expect(await stateOf(seen.exampleId)).toMatchObject({
      status: 'retired',
      approvedRevisionId: null,
    });
  });
});

describe('the same decision sent again', () => {
  const twenty = <T>(send: (index: number) => Promise<T>) =>
    Promise.all(Array.from({ length: 20 }, (_, index) => send(index)));

  test.each(['approve', 'send_back', 'correct'] as const)(
    '%s ×20 in parallel has one effect and one answer',
    async (decision) => {
      const { datasetId, ...seen } = await fresh();
      const body =
        decision === 'approve'
          ? { decision, ...seen }
          : decision === 'send_back'
            ? { decision, ...seen, reason: 'Shorter.' }
            : { decision, ...seen, content: contentOf('Corrected once.') };
      const answers = await twenty(() => takeDecision(maya, { datasetId, decision: body }));
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect(await reviewsOf(seen.exampleId)).toHaveLength(1);
      expect(await actionsOf(seen.exampleId)).toHaveLength(1);
      const revisions = await db.revision.count({ where: { exampleId: seen.exampleId } });
      expect(revisions).toBe(decision === 'correct' ? 2 : 1);
      const expected = { approve: 'approved', send_back: 'sent_back', correct: 'in_review' };
      expect(await stateOf(seen.exampleId)).toMatchObject({
        status: expected[decision],
        version: seen.version + 1,
      });
    },
  );

  test('with an id of its own each time (two tabs), too', async () => {
    const seen = await fresh();
    const answers = await twenty(() => approve(maya, { ...seen, decisionId: randomUUID() }));
    expect(new Set(answers.map((answer) => answer.reviewId)).size).toBe(1);
    expect(await reviewsOf(seen.exampleId)).toHaveLength(1);
  });

  test('a withdrawal ×20 in parallel', async () => {
    const seen = await fresh();
    const { reviewId } = await approve(maya, seen);
    const answers = await twenty(() =>
      withdraw(maya, { decisionId: randomUUID(), reviewId, datasetId: desk.datasetId }),
    );
    expect(new Set(answers.map((answer) => answer.reviewId)).size).toBe(1);
    expect(await reviewsOf(seen.exampleId)).toHaveLength(2);
  });

  test('a late repetition of a withdrawn approval does not approve again', async () => {
    const seen = await fresh();
    const first = await approve(maya, seen);
    await withdrawApproval(maya, { exampleId: seen.exampleId });
    expect(await approve(maya, seen)).toEqual(first);
    expect(await stateOf(seen.exampleId)).toMatchObject({ status: 'in_review' });
  });

  test('an id that stands for another decision is refused', async () => {
    const first = await fresh();
    const second = await fresh();
    await approve(maya, first);
    const reused = { ...second, decisionId: first.decisionId };
    for (const attempt of [
      () => approve(maya, reused),
      () => approve(omar, { ...first }),
      () => sendBack(maya, { ...first, reason: 'No.' }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ messageKey: 'reviews.errors.idTaken' });
    }
    expect(await stateOf(second.exampleId)).toMatchObject({ status: 'in_review' });
  });

  test('two reviewers who decide differently at once: one decision stands', async () => {
    const seen = await fresh();
    const outcomes = await Promise.allSettled([
      approve(maya, seen),
      sendBack(omar, { ...seen, decisionId: randomUUID(), reason: 'No.' }),
    ]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await reviewsOf(seen.exampleId)).toHaveLength(1);
  });
});

describe('across borders', () => {
  test('an example of another workspace or dataset does not exist', async () => {
    const seen = await fresh();
    const foreign = other.reviewer;
    const elsewhere = await createDataset(desk.admin);
    const content = contentOf('Mine now.');
    const attempts = [
      () => approve(foreign, seen),
      () => approve(foreign, { ...seen, datasetId: other.datasetId }),
      () => approve(maya, { ...seen, datasetId: elsewhere.id }),
      () => sendBack(foreign, { ...seen, reason: 'No.' }),
      () => correctAndPassOn(foreign, { ...seen, content }),
      () => withdrawApproval(foreign, { exampleId: seen.exampleId }),
    ];
    for (const attempt of attempts) {
      await expect(attempt()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    const { reviewId } = await approve(maya, seen);
    for (const [viewer, datasetId] of [
      [foreign, desk.datasetId],
      [foreign, other.datasetId],
      [maya, elsewhere.id],
    ] as const) {
      await expect(
        withdraw(viewer, { decisionId: randomUUID(), reviewId, datasetId }),
      ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    expect(await stateOf(seen.exampleId)).toMatchObject({ status: 'approved' });
    const scope = { datasetId: desk.datasetId, timeZone: 'Europe/Berlin' };
    expect(await findReviewItems(foreign, { ...scope, exampleIds: [seen.exampleId] })).toEqual([]);
    expect(await findMyDecisions(foreign, scope)).toEqual([]);
    expect(await getQueueSummary(foreign, { ...scope, topic: null })).toMatchObject({
      waiting: 0,
      own: 0,
      decidedToday: 0,
    });
  });

  test('a brief of another dataset is not recorded as the one before the reviewer', async () => {
    const seen = await fresh();
    const elsewhere = await createDataset(desk.admin, { rules: [] });
    const brief = await db.brief.findFirstOrThrow({
      where: { datasetId: elsewhere.id },
      select: { id: true },
    });
    await expect(approve(maya, { ...seen, briefId: brief.id })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test('own decisions of today are listed, with what can still be withdrawn', async () => {
    const own = await createDesk('mine');
    const scope = { datasetId: own.datasetId, timeZone: 'Europe/Berlin' };
    const first = await createInReview(own.writer, own.datasetId);
    const second = await createInReview(own.writer, own.datasetId);
    await approve(own.reviewer, first);
    await sendBack(own.reviewer, { ...second, reason: 'No.' });
    await withdrawApproval(own.reviewer, { exampleId: first.exampleId });
    const decisions = await findMyDecisions(own.reviewer, scope);
    expect(
      decisions.map(({ decision, withdrawn, canWithdraw }) => ({
        decision,
        withdrawn,
        canWithdraw,
      })),
    ).toEqual([
      { decision: 'send_back', withdrawn: false, canWithdraw: true },
      { decision: 'approve', withdrawn: true, canWithdraw: false },
    ]);
    expect(await findMyDecisions(own.admin, scope)).toEqual([]);
    const summary = await getQueueSummary(own.reviewer, { ...scope, topic: null });
    expect(summary).toMatchObject({ waiting: 1, decidedToday: 1, decidedYesterday: 0 });
  });
});
