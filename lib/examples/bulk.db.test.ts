import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/lib/db';
import type { AppError } from '@/lib/errors';
import { bulkJob } from '@/lib/examples/bulk-jobs';
import { bulkMove, undoBulk } from '@/lib/examples/bulk-mutations';
import { type BulkResult, bulkResultSchema } from '@/lib/examples/bulk-rules';
import { saveRevision } from '@/lib/examples/example-mutations';
import { countExamples, findExamples } from '@/lib/examples/example-queries';
import type { BulkMoveKind } from '@/lib/examples/example-schema';
import { runJob } from '@/lib/jobs';
import type { Viewer } from '@/lib/session';
import {
  approveExample,
  createDataset,
  createExample,
  createManyExamples,
  createTeam,
} from '@/tests/factories-examples';

let writer: Viewer;
let reviewer: Viewer;
let admin: Viewer;

beforeAll(async () => {
  ({ writer, reviewer, admin } = await createTeam('shop'));
});

const freshDataset = async () => (await createDataset(admin)).id;
const errorOf = (work: Promise<unknown>) =>
  work.then(
    () => {
      throw new Error('nothing was thrown');
    },
    (error: unknown) => error as AppError,
  );
const sumOf = (result: BulkResult) =>
  result.done + result.conflict + Object.values(result.skipped).reduce((a, b) => a + b, 0);
const statusesOf = async (datasetId: string) =>
  Object.fromEntries(
    (
      await db.example.groupBy({
        by: ['status'],
        where: { datasetId, binnedAt: null },
        _count: { _all: true },
      })
    ).map((row) => [row.status, row._count._all]),
  );

async function moveNow(
  viewer: Viewer,
  datasetId: string,
  move: BulkMoveKind,
  ids?: string[],
): Promise<BulkResult> {
  const answer = await bulkMove(viewer, {
    datasetId,
    selection: ids ? { ids } : { filter: {} },
    move,
  });
  if (answer.kind !== 'done') throw new Error('ran as a job');
  expect(sumOf(answer.result)).toBe(answer.result.selected);
  return answer.result;
}

describe('a selection in the request', () => {
  test('does what applies, says why the rest was left, and puts it back', async () => {
    const datasetId = await freshDataset();
    const draft = await createExample(writer, datasetId);
    const waiting = await createExample(writer, datasetId, { status: 'in_review' });
    const approved = await createExample(writer, datasetId, { status: 'in_review' });
    await approveExample(reviewer, approved.id);
    const other = await createExample(writer, await freshDataset());
    const result = await moveNow(writer, datasetId, { kind: 'submit' }, [
      draft.id,
      waiting.id,
      approved.id,
      other.id,
      randomUUID(),
    ]);
    expect(result).toMatchObject({
      selected: 5,
      done: 1,
      conflict: 0,
      skipped: { alreadyInReview: 1, alreadyApproved: 1, missing: 2 },
    });
    const entries = await db.auditEvent.findMany({
      where: { subjectId: draft.id },
      select: { action: true, data: true },
    });
    expect(entries).toMatchObject([{ action: 'example.submitted', data: { from: 'draft' } }]);
    const undone = await undoBulk(writer, { jobId: result.jobId });
    expect(undone).toMatchObject({ kind: 'done', result: { selected: 1, done: 1 } });
    expect(await statusesOf(datasetId)).toEqual({ draft: 1, in_review: 1, approved: 1 });
  });

  test('undo leaves what was changed since', async () => {
    const datasetId = await freshDataset();
    const made = await Promise.all([1, 2, 3].map(() => createExample(writer, datasetId)));
    const result = await moveNow(writer, datasetId, { kind: 'set_topic', topic: 'New' });
    expect(result.done).toBe(3);
    await saveRevision(admin, { id: made[0]?.id ?? '', version: 2, changes: { topic: 'Mine' } });
    const undone = await undoBulk(writer, { jobId: result.jobId });
    expect(undone).toMatchObject({ result: { done: 2, skipped: { changedSince: 1 } } });
    const rows = (await findExamples(writer, { datasetId })).rows;
    expect(rows.map((row) => row.topic).sort()).toEqual(['Mine', null, null]);
  });

  test('undo is for the person who did it, once, and not for an undo', async () => {
    const datasetId = await freshDataset();
    await createExample(writer, datasetId);
    const { jobId } = await moveNow(writer, datasetId, { kind: 'submit' });
    expect((await errorOf(undoBulk(admin, { jobId }))).code).toBe('NOT_FOUND');
    const undone = await undoBulk(writer, { jobId });
    const undoId = undone.kind === 'done' ? undone.result.jobId : '';
    expect((await errorOf(undoBulk(writer, { jobId: undoId }))).code).toBe('CONFLICT');
    expect(await undoBulk(writer, { jobId })).toMatchObject({ result: { done: 0 } });
    await db.job.update({
      where: { id: jobId },
      data: { finishedAt: new Date(Date.now() - 120_000) },
    });
    expect((await errorOf(undoBulk(writer, { jobId }))).messageKey).toBe(
      'examples.errors.undoTooLate',
    );
  });

  test('retire and bring back keep the status; copies can be undone', async () => {
    const datasetId = await freshDataset();
    await createExample(writer, datasetId, { tags: ['a'] });
    const approved = await createExample(writer, datasetId, { status: 'in_review' });
    await approveExample(reviewer, approved.id);
    expect((await errorOf(moveNow(writer, datasetId, { kind: 'retire' }))).code).toBe('FORBIDDEN');
    await moveNow(reviewer, datasetId, { kind: 'retire' });
    expect(await statusesOf(datasetId)).toEqual({ retired: 2 });
    await moveNow(reviewer, datasetId, { kind: 'unretire' });
    expect(await statusesOf(datasetId)).toEqual({ draft: 1, approved: 1 });
    const copied = await moveNow(writer, datasetId, { kind: 'duplicate' });
    expect(await countExamples(writer, datasetId, {})).toBe(4);
    await undoBulk(writer, { jobId: copied.jobId });
    expect(await countExamples(writer, datasetId, {})).toBe(2);
    const tagged = await moveNow(writer, datasetId, { kind: 'add_tag', tag: 'a' });
    expect(tagged).toMatchObject({ done: 1, skipped: { unchanged: 1 } });
    const untagged = await moveNow(writer, datasetId, { kind: 'remove_tag', tag: 'a' });
    expect(untagged.done).toBe(2);
  });

  test('twenty at once: every example is submitted once', async () => {
    const datasetId = await freshDataset();
    await Promise.all(Array.from({ length: 10 }, () => createExample(writer, datasetId)));
    const results = await Promise.all(
      Array.from({ length: 20 }, () => moveNow(writer, datasetId, { kind: 'submit' })),
    );
    expect(results.reduce((sum, result) => sum + result.done, 0)).toBe(10);
    const versions = await db.example.findMany({ where: { datasetId }, select: { version: true } });
    expect(versions.every(({ version }) => version === 2)).toBe(true);
  });
});

describe('more than a request takes', () => {
  const runNow = (jobId: string, signal = new AbortController().signal) =>
    runJob(bulkJob, { jobId, lastAttempt: false, signal });
  const resultOf = async (jobId: string) => {
    const job = await db.job.findUniqueOrThrow({ where: { id: jobId } });
    expect(job.state).toBe('done');
    return bulkResultSchema.parse(job.result);
  };
  const start = async (datasetId: string) => {
    const answer = await bulkMove(writer, {
      datasetId,
      selection: { filter: { status: ['draft'] } },
      move: { kind: 'submit' },
    });
    if (answer.kind !== 'job') throw new Error('ran in the request');
    return answer;
  };

  test('all that match the filter, with a measured progress, and back', async () => {
    const datasetId = await freshDataset();
    await createManyExamples(writer, datasetId, 3_000);
    const before = await statusesOf(datasetId);
    const { jobId, selected } = await start(datasetId);
    expect(selected).toBe(1_000);
    await runNow(jobId);
    expect(await resultOf(jobId)).toMatchObject({ selected: 1_000, done: 1_000, conflict: 0 });
    expect(await statusesOf(datasetId)).toEqual({ in_review: 2_000, sent_back: 1_000 });
    const job = await db.job.findUniqueOrThrow({ where: { id: jobId } });
    expect([job.progressDone, job.progressTotal]).toEqual([1_000, 1_000]);
    const undone = await undoBulk(writer, { jobId });
    if (undone.kind !== 'job') throw new Error('undone in the request');
    await runNow(undone.jobId);
    expect(await resultOf(undone.jobId)).toMatchObject({ done: 1_000 });
    expect(await statusesOf(datasetId)).toEqual(before);
  });

  test('a stopped worker goes on where it was; nothing is done twice', async () => {
    const datasetId = await freshDataset();
    await createManyExamples(writer, datasetId, 3_600);
    const { jobId } = await start(datasetId);
    const stop = new AbortController();
    const stopped = runNow(jobId, stop.signal);
    for (;;) {
      const done = await db.bulkItem.count({ where: { jobId, outcome: 'done' } });
      if (done > 0) break;
    }
    stop.abort();
    await stopped.catch(() => undefined);
    const partly = await db.bulkItem.count({ where: { jobId, outcome: 'done' } });
    expect(partly).toBeLessThan(1_200);
    const touched = await db.bulkItem.findFirstOrThrow({ where: { jobId, outcome: null } });
    await saveRevision(admin, {
      id: touched.exampleId,
      version: touched.version,
      changes: { topic: 'changed meanwhile' },
    });
    await runNow(jobId);
    expect(await resultOf(jobId)).toMatchObject({ selected: 1_200, done: 1_199, conflict: 1 });
    const twice = await db.example.count({ where: { datasetId, version: { gt: 2 } } });
    expect(twice).toBe(0);
    const entries = await db.auditEvent.groupBy({
      by: ['subjectId'],
      where: { action: 'example.submitted', data: { path: ['jobId'], equals: jobId } },
      _count: { _all: true },
    });
    expect(entries.length).toBe(1_199);
    expect(entries.every((entry) => entry._count._all === 1)).toBe(true);
  });
});
