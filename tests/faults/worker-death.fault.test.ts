// A worker is killed in the middle of a job, and another takes the job over within half a minute:
// the queue notices the missing heartbeat. The trainer's part is played by a stand-in.
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, expect, test } from 'vitest';
import { workerFlags } from '@/bin/start/node-flags.mjs';
import { root } from '@/bin/start/paths.mjs';
import { db, disconnect } from '@/lib/db';
import { stopQueue } from '@/lib/queue';
import { scenarios } from '@/tests/faults/job-scenarios';
import { keepFigures } from '@/tests/figures';
import { isLong } from '@/tests/form';

/** What is promised to people whose job hangs on a dead worker, in milliseconds. */
const PROMISED_MS = 30_000;

const workers: ChildProcess[] = [];
afterEach(() => {
  for (const worker of workers.splice(0)) worker.kill('SIGKILL');
});
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

function startWorker(): ChildProcess {
  const worker = spawn(process.execPath, [...workerFlags, join(root, 'dist/worker.mjs')], {
    cwd: root,
    stdio: 'ignore',
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NODE_OPTIONS: '',
      TRAINER_PYTHON: join(root, 'tests/faults/stand_in_trainer.py'),
    },
  });
  workers.push(worker);
  return worker;
}

async function waitFor(isSo: () => Promise<boolean>, ms: number, what: string): Promise<number> {
  const began = Date.now();
  while (!(await isSo())) {
    if (Date.now() - began > ms) throw new Error(`Waited in vain for ${what}`);
    await sleep(20);
  }
  return Date.now() - began;
}

/** Keeps the job of a release from going on while something is done. */
const holdRelease = (id: string, work: () => Promise<void>) =>
  db.$transaction(
    async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM "Release" WHERE "id" = ${id}::uuid FOR UPDATE`;
      await work();
    },
    { timeout: 120_000 },
  );

test('the job of a dead worker is delivered again and done once, alone within half a minute', async () => {
  const jobId = await scenarios['run.train']();
  const job = () => db.job.findUniqueOrThrow({ where: { id: jobId } });
  const worker = startWorker();
  await waitFor(async () => (await job()).state === 'running', 60_000, 'the first delivery');
  const { attempts, subjectId } = await job();
  worker.kill('SIGKILL');
  await waitFor(async () => worker.signalCode !== null, 5_000, 'the death of the worker');
  startWorker();
  const after = await waitFor(
    async () => (await job()).attempts > attempts,
    180_000,
    'the second delivery',
  );
  await waitFor(async () => (await job()).state === 'done', 60_000, 'the end of the job');
  expect(await db.model.count({ where: { runId: subjectId } })).toBe(1);
  expect(await db.auditEvent.count({ where: { subjectId, action: 'run.finished' } })).toBe(1);
  // The short form runs beside other tests, where a clock says nothing.
  if (isLong) expect(after).toBeLessThan(PROMISED_MS);
  keepFigures('worker-death', { deliveredAgainMs: Math.round(after) });
});

test('a job that kills every worker that takes it ends, says so, and holds up no other', async () => {
  const jobId = await scenarios['release.freeze']();
  const job = () => db.job.findUniqueOrThrow({ where: { id: jobId } });
  const { subjectId: releaseId } = await job();
  // Every delivery but the last is spared: that a message is delivered again, the test above shows.
  await db.$executeRaw`UPDATE pgboss.job SET "retry_count" = "retry_limit" WHERE "data"->>'jobId' = ${jobId}`;
  await holdRelease(releaseId, async () => {
    const worker = startWorker();
    await waitFor(async () => (await job()).state === 'running', 60_000, 'the last delivery');
    worker.kill('SIGKILL');
    await waitFor(async () => worker.signalCode !== null, 5_000, 'the death of the worker');
  });
  const other = await scenarios['import.check']();
  startWorker();
  await waitFor(async () => (await job()).finishedAt !== null, 180_000, 'the end of the job');
  expect(await job()).toMatchObject({ state: 'failed', errorCode: 'errors.workerDied' });
  expect(await db.release.findUniqueOrThrow({ where: { id: releaseId } })).toMatchObject({
    state: 'failed',
  });
  const otherJob = () => db.job.findUniqueOrThrow({ where: { id: other } });
  await waitFor(async () => (await otherJob()).state === 'done', 60_000, 'the other job');
});
