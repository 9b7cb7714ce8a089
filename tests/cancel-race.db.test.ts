// Somebody stops work at a random moment of it (F8): it ends as stopped or as done, everything says
// the same, and nothing is half there.
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { root } from '@/bin/start/paths.mjs';
import { db, disconnect } from '@/lib/db';
import { jobDefinitions } from '@/lib/job-index';
import { cancelJob, runJob } from '@/lib/jobs';
import { stopQueue } from '@/lib/queue';
import { type Viewer, viewerForJob } from '@/lib/session';
import { cancelRun } from '@/lib/training/run-mutations';
import type { Job } from '@/prisma/generated/client';
import { scenarios } from '@/tests/faults/job-scenarios';
import { keepFigures } from '@/tests/figures';
import { isLong } from '@/tests/form';
import { endOtherJobs } from '@/tests/open-jobs';
import { setEnvironment } from '@/tests/set-environment';

setEnvironment({ TRAINER_PYTHON: path.join(root, 'tests/faults/stand_in_trainer.py') });

const TRIALS = isLong ? 60 : 6;
/** Of the time that the work takes: the last trials come too late. */
const REACH = 1.2;

afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

type Kind = 'import.commit' | 'run.train' | 'proof.answer' | 'curve.measure' | 'regression.ask';
type End = 'done' | 'cancelled';

/** What has to be so when it ended one way or the other. */
const checks: Record<Kind, (job: Job, end: End) => Promise<void>> = {
  'import.commit': async (job, end) => {
    const { state } = await db.import.findUniqueOrThrow({ where: { id: job.subjectId } });
    expect(state).toBe(end === 'done' ? 'imported' : 'checked');
    const examples = await db.example.count({ where: { importId: job.subjectId } });
    expect(examples).toBe(end === 'done' ? 4 : 0);
  },
  'run.train': async (job, end) => {
    const run = await db.run.findUniqueOrThrow({
      where: { id: job.subjectId },
      include: { model: true },
    });
    expect(run.state).toBe(end);
    expect(run.finishedAt).not.toBeNull();
    expect(run.model !== null).toBe(end === 'done');
  },
  'proof.answer': async (job, end) => {
    const proof = await db.proof.findUniqueOrThrow({ where: { id: job.subjectId } });
    expect(proof.state).toBe(end === 'done' ? 'open' : 'cancelled');
    const answers = await db.proofAnswer.count({ where: { proofId: proof.id } });
    expect(answers > 0).toBe(end === 'done');
  },
  'curve.measure': async (job, end) => {
    const curve = await db.learningCurve.findUniqueOrThrow({
      where: { id: job.subjectId },
      include: { points: true },
    });
    // What ended is kept, so that whoever asks again goes on there.
    expect(curve.finishedAt !== null).toBe(end === 'done');
    if (end === 'done') expect(curve.points).toHaveLength(9);
  },
  'regression.ask': async (job, end) => {
    const answers = await db.regressionAnswer.count({ where: { modelId: job.subjectId } });
    expect(answers > 0).toBe(end === 'done');
  },
};

/** Entries of the record that say how each kind ended. */
const ends: Record<Kind, Record<End, string | null>> = {
  'import.commit': { done: 'import.committed', cancelled: 'import.job_cancelled' },
  'run.train': { done: 'run.finished', cancelled: 'run.cancelled' },
  'proof.answer': { done: 'proof.answered', cancelled: 'proof.cancelled' },
  'curve.measure': { done: 'curve.measured', cancelled: null },
  'regression.ask': { done: 'regression.answered', cancelled: null },
};

const stop = (viewer: Viewer, job: Job) =>
  job.kind === 'run.train' ? cancelRun(viewer, job.subjectId) : cancelJob(viewer, job.id);

/**
 * Delivers a new job of a kind and asks it to stop so many milliseconds later; at 0 before it is
 * taken, null: not at all.
 */
async function trial(kind: Kind, after: number | null): Promise<{ end: End; tookMs: number }> {
  const jobId = await scenarios[kind]();
  const job = await db.job.findUniqueOrThrow({ where: { id: jobId } });
  // Some work goes behind what else waits.
  await endOtherJobs(jobId);
  const viewer = await viewerForJob({
    userId: job.createdById,
    workspaceId: job.workspaceId,
  });
  const definition = jobDefinitions.find((one) => one.kind === kind);
  if (!definition) throw new Error('no such job');
  const begun = performance.now();
  const asking = async () => {
    if (!after) return;
    await sleep(after);
    // Over already: there is nothing to stop, and saying so changes nothing.
    await stop(viewer, job).catch((error) => expect(error).toMatchObject({ code: 'NOT_FOUND' }));
  };
  if (after === 0) await stop(viewer, job);
  const delivery = { jobId, lastAttempt: false, signal: new AbortController().signal };
  await Promise.all([runJob(definition, delivery), asking()]);
  const tookMs = performance.now() - begun;
  const { state } = await db.job.findUniqueOrThrow({ where: { id: jobId } });
  expect(['done', 'cancelled']).toContain(state);
  const end = state as End;
  await checks[kind](job, end);
  const other: End = end === 'done' ? 'cancelled' : 'done';
  const count = (action: string | null) =>
    action === null
      ? null
      : db.auditEvent.count({ where: { workspaceId: job.workspaceId, action } });
  expect(await count(ends[kind][end])).toBe(ends[kind][end] === null ? null : 1);
  expect(await count(ends[kind][other])).toBe(ends[kind][other] === null ? null : 0);
  // Delivered again it changes nothing.
  await runJob(definition, delivery);
  await checks[kind](job, end);
  return { end, tookMs };
}

describe.each(Object.keys(checks) as Kind[])('%s', (kind) => {
  test('stopped at a random moment of it, it is stopped or done', async () => {
    const { end, tookMs } = await trial(kind, null);
    expect(end).toBe('done');
    const seen: End[] = [];
    for (let n = 0; n < TRIALS; n += 1) {
      const after = n === 0 ? 0 : ((n - Math.random()) / TRIALS) * tookMs * REACH;
      const { end } = await trial(kind, after).catch((cause) => {
        throw new Error(`asked to stop after ${after} ms`, { cause });
      });
      seen.push(end);
    }
    const stopped = seen.filter((one) => one === 'cancelled').length;
    keepFigures(`stopped-${kind}`, { trials: TRIALS, stopped });
    expect(seen[0]).toBe('cancelled');
  });
});
