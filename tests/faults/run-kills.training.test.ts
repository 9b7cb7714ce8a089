// The real trainer fine-tunes the real base model, and its process, the worker and the web server
// are killed at random steps. The run ends as one that nobody disturbed.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isAlive, sleep } from '@/bin/start/processes.mjs';
import { db, disconnect } from '@/lib/db';
import { stopQueue } from '@/lib/queue';
import {
  type Prepared,
  prepareRelease,
  startRun,
  trainerLines,
  trainingApp,
} from '@/tests/faults/training-app';
import { keepFigures } from '@/tests/figures';
import { isLong } from '@/tests/form';

/** Steps in the trainer's default distance of checkpoints. */
const CHECKPOINT_STEPS = 10;

let prepared: Prepared;
let app: Awaited<ReturnType<typeof trainingApp>>;

beforeAll(async () => {
  prepared = await prepareRelease();
  app = await trainingApp(prepared.token);
}, 400_000);
afterAll(async () => {
  await app?.stop();
  await stopQueue(0);
  await disconnect();
});

const readRun = (id: string) => db.run.findUniqueOrThrow({ where: { id } });

async function waitFor<T>(read: () => Promise<T | false>, what: string, ms = 600_000): Promise<T> {
  const deadline = Date.now() + ms;
  for (;;) {
    const value = await read();
    if (value !== false) return value;
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}`);
    await sleep(100);
  }
}

const reachesStep = (id: string, step: number) =>
  waitFor(async () => {
    const run = await readRun(id);
    if (run.state === 'failed') throw new Error(`The run failed: ${run.errorCode}`);
    return run.step >= step || run.state === 'evaluating' || run.state === 'done';
  }, `step ${step}`);

const ends = (id: string) =>
  waitFor(async () => {
    const run = await readRun(id);
    return ['done', 'failed', 'cancelled'].includes(run.state) && run;
  }, 'the end of the run');

const random = (from: number, to: number) => from + Math.floor(Math.random() * (to - from + 1));

/**
 * Steps in the order in which the trainer took them; a jump back is a resume, and only to a
 * checkpoint: one of those made on the way, or that of a trainer which was asked to stop.
 */
function assertNoGapNoRepeat(runId: string): void {
  let at = 0;
  let stoppedAt: number | null = null;
  for (const line of trainerLines(runId)) {
    if (line.event === 'stopped') stoppedAt = line.step ?? null;
    if (line.event === 'resumed') {
      expect(line.fromStep).toBeLessThanOrEqual(at);
      if (line.fromStep !== stoppedAt) expect((line.fromStep ?? 1) % CHECKPOINT_STEPS).toBe(0);
      at = line.fromStep ?? 0;
    }
    if (line.event !== 'step') continue;
    expect(line.step).toBe(at + 1);
    at += 1;
  }
}

/** The run's curve as the page draws it. */
async function curveOf(runId: string) {
  const metrics = await db.runMetric.findMany({ where: { runId }, orderBy: { step: 'asc' } });
  const of = (kind: string) => metrics.filter((metric) => metric.kind === kind);
  return { training: of('training'), validation: of('validation') };
}

async function assertEnded(runId: string, totalSteps: number | null): Promise<void> {
  const { training } = await curveOf(runId);
  expect(training.map((metric) => metric.step)).toEqual(
    Array.from({ length: totalSteps ?? 0 }, (_, n) => n + 1),
  );
  expect(await db.model.count({ where: { runId } })).toBe(1);
  const jobs = await db.job.findMany({ where: { subjectId: runId } });
  expect(jobs.map((job) => job.state)).toEqual(['done']);
  expect(readdirSync(join(process.env.DATA_DIR ?? '', 'runs', runId))).not.toContain('checkpoints');
}

async function assertPagesAnswer(runId: string): Promise<void> {
  const path = `/w/${prepared.team.workspace.slug}/runs/${runId}`;
  expect(await app.statusOf(path)).toBe(200);
}

/** The queue delivers the job of a dead worker again within half a minute. */
async function comesBack(runId: string): Promise<void> {
  const attempts = async () =>
    (await db.job.findFirstOrThrow({ where: { subjectId: runId } })).attempts;
  const before = await attempts();
  const began = Date.now();
  await waitFor(async () => (await attempts()) > before, 'the next delivery', 30_000);
  keepFigures('run-kills', { deliveredAgainMs: Date.now() - began });
}

/** Where somebody is killed: once in the short form, on both sides of a checkpoint in the long one. */
const kills = isLong
  ? ([
      ['web', 2],
      ['trainer', 4],
      ['worker', 7],
      ['trainer', 12],
      ['web', 13],
      ['worker', 15],
    ] as const)
  : ([
      ['trainer', 11],
      ['worker', 13],
    ] as const);

test('a run whose processes are killed at random steps ends like one that nobody disturbed', async () => {
  const calm = await startRun(prepared);
  const undisturbed = await ends(calm);
  expect(undisturbed.state).toBe('done');
  await assertEnded(calm, undisturbed.totalSteps);

  const hit = await startRun(prepared);
  for (const [name, step] of kills) {
    await reachesStep(hit, random(step, step + 1));
    await app.kill(name);
    await assertPagesAnswer(hit);
    if (name === 'worker') await comesBack(hit);
  }
  const run = await ends(hit);
  expect(run.state).toBe('done');
  expect(run.totalSteps).toBe(undisturbed.totalSteps);
  assertNoGapNoRepeat(hit);
  await assertEnded(hit, run.totalSteps);
  expect(trainerLines(hit).filter((line) => line.event === 'resumed').length).toBeGreaterThan(0);
  const { attempts } = await db.job.findFirstOrThrow({ where: { subjectId: hit } });
  expect(attempts).toBe(1 + kills.filter(([name]) => name === 'worker').length);

  const [before, after] = [await curveOf(calm), await curveOf(hit)];
  for (const kind of ['training', 'validation'] as const) {
    const wanted = before[kind].at(-1)?.loss ?? Number.NaN;
    const found = after[kind].at(-1)?.loss ?? Number.NaN;
    expect(Math.abs(found - wanted) / wanted, `${kind} ${found}, ${wanted}`).toBeLessThan(0.05);
  }
  await assertPagesAnswer(hit);
  // What still is written down is dead, so the next start has nothing to end.
  expect(app.livingTrainers()).toEqual([]);
}, 1_800_000);

if (isLong)
  test('after kill -9 of everything the next start ends the trainer that lived on, and goes on', async () => {
    const id = await startRun(prepared);
    await reachesStep(id, random(11, 13));
    const { trainer } = await app.killAllAndStart();
    expect(trainer).toBeDefined();
    expect(isAlive(trainer)).toBe(false);
    expect((await ends(id)).state).toBe('done');
    assertNoGapNoRepeat(id);
  }, 1_800_000);
