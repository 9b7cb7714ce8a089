import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { db, disconnect } from '@/lib/db';
import { cancelJob, runJob } from '@/lib/jobs';
import type { Viewer } from '@/lib/session';
import { cancelRun } from '@/lib/training/run-mutations';
import { createScene, type Scene } from '@/tests/authorization-scene';
import { testDatabase } from '@/tests/database';

let shop: Scene;
let rival: Scene;
beforeAll(async () => {
  [shop, rival] = [await createScene('shop'), await createScene('rival')];
});
afterAll(() => disconnect());

const queued = (by: Viewer) =>
  db.job.create({
    data: {
      workspaceId: by.workspaceId,
      kind: 'import.check',
      subjectId: shop.datasetId,
      input: {},
      createdById: by.userId,
    },
    select: { id: true },
  });
const entriesOf = (subjectId: string) =>
  db.auditEvent.findMany({
    where: { subjectId, action: { endsWith: 'cancel_requested' } },
    select: { action: true, actorId: true, workspaceId: true, data: true },
  });
const askedAt = async (id: string) =>
  (await db.job.findUniqueOrThrow({ where: { id } })).cancelRequestedAt;

describe('asking a job to stop', () => {
  it('stands in the record once, with the first who asked', async () => {
    const { id } = await queued(shop.writer.viewer);
    await Promise.all([
      cancelJob(shop.writer.viewer, id),
      cancelJob(shop.writer.viewer, id),
      cancelJob(shop.writer.viewer, id),
    ]);
    const first = await askedAt(id);
    await cancelJob(shop.admin.viewer, id);
    expect(await askedAt(id)).toEqual(first);
    expect(await entriesOf(id)).toEqual([
      {
        action: 'job.cancel_requested',
        actorId: shop.writer.id,
        workspaceId: shop.workspace.id,
        data: { kind: 'import.check' },
      },
    ]);
  });

  it.each([
    ['a colleague who did not begin it', () => shop.reviewer.viewer, 'FORBIDDEN'],
    ['an admin of another workspace', () => rival.admin.viewer, 'NOT_FOUND'],
  ])('not by %s, and the record holds nothing', async (_, who, code) => {
    const { id } = await queued(shop.writer.viewer);
    await expect(cancelJob(who(), id)).rejects.toMatchObject({ code });
    expect(await askedAt(id)).toBeNull();
    expect(await entriesOf(id)).toEqual([]);
  });

  it('not once it has ended', async () => {
    const { id } = await queued(shop.writer.viewer);
    await db.job.update({ where: { id }, data: { state: 'done' }, select: { id: true } });
    await expect(cancelJob(shop.admin.viewer, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await entriesOf(id)).toEqual([]);
  });
});

it('delivered again, a job that ends meanwhile does not come to life', async () => {
  const { id } = await queued(shop.writer.viewer);
  const holder = new pg.Client({ connectionString: testDatabase().directUrl });
  await holder.connect();
  await holder.query('BEGIN');
  await holder.query(`UPDATE "Job" SET "state" = 'done', "finishedAt" = now() WHERE "id" = $1`, [
    id,
  ]);
  const run = vi.fn();
  const delivered = runJob(
    { kind: 'import.check', input: z.object({}), run },
    { jobId: id, lastAttempt: true, signal: new AbortController().signal },
  );
  const waiting = `SELECT 1 FROM pg_locks JOIN pg_stat_activity USING (pid)
    WHERE NOT granted AND datname = current_database()`;
  while ((await holder.query(waiting)).rows.length === 0) await sleep(10);
  await holder.query('COMMIT');
  await holder.end();
  await delivered;
  expect(run).not.toHaveBeenCalled();
  const row = await db.job.findUniqueOrThrow({ where: { id } });
  expect(row).toMatchObject({ state: 'done', attempts: 0 });
});

describe('asking a run to stop', () => {
  it('stands in the record once; another workspace cannot', async () => {
    const runId = await shop.run();
    await expect(cancelRun(rival.admin.viewer, runId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await Promise.all([cancelRun(shop.admin.viewer, runId), cancelRun(shop.admin.viewer, runId)]);
    expect(await entriesOf(runId)).toEqual([
      {
        action: 'run.cancel_requested',
        actorId: shop.admin.id,
        workspaceId: shop.workspace.id,
        data: {},
      },
    ]);
    expect((await db.run.findUniqueOrThrow({ where: { id: runId } })).cancelRequestedAt).not.toBe(
      null,
    );
  });
});
