// An erasure and what reads the same texts exclude each other, whoever comes first.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { readingOf } from '@/lib/imports/readers/reader-test-kit';
import { startJob } from '@/lib/jobs';
import { erasePerson } from '@/lib/lineage/erase-mutations';
import {
  createErasureScene,
  deliverErasure,
  requestErasure,
  type Scene,
} from '@/lib/lineage/erasure-fixtures';
import { findPerson } from '@/lib/lineage/person-queries';
import { createPlan } from '@/lib/proofs/plan-mutations';
import { createProof } from '@/lib/proofs/proof-mutations';
import { type QueueName, stopQueue } from '@/lib/queue';
import { askRegressionSet } from '@/lib/regression-set/regression-mutations';
import { createRelease } from '@/lib/releases/release-mutations';
import { createRun } from '@/lib/training/run-mutations';
import { plan } from '@/tests/factories-proofs';
import { createQuote } from '@/tests/factories-runs';

const customer = 'Ottilie Kranzbühler';
let scene: Scene;

beforeAll(async () => {
  scene = await createErasureScene('shop', customer);
});
beforeEach(endWork);
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

/** Ends what a test began, as a worker would have by then. */
async function endWork(): Promise<void> {
  const where = { workspaceId: scene.team.workspace.id };
  await db.job.updateMany({
    where: { ...where, finishedAt: null },
    data: { state: 'cancelled', finishedAt: new Date() },
  });
  await db.run.updateMany({
    where: { ...where, finishedAt: null },
    data: { state: 'cancelled', finishedAt: new Date() },
  });
  await db.proof.updateMany({
    where: { ...where, state: 'answering' },
    data: { state: 'cancelled' },
  });
  await db.release.updateMany({
    where: { ...where, state: 'freezing' },
    data: { state: 'failed' },
  });
}

const start = (kind: QueueName, subjectId: string, input = {}) =>
  db.$transaction((tx) => startJob(tx, scene.team.admin, { kind, subjectId, input }));

async function beginRun() {
  const { id: quoteId } = await createQuote(scene.team.admin, scene.releaseId);
  return createRun(scene.team.admin, {
    releaseId: scene.releaseId,
    quoteId,
    acceptWithdrawn: false,
    idempotencyKey: randomUUID(),
  });
}

const curve = () =>
  db.learningCurve.create({
    data: {
      workspaceId: scene.team.workspace.id,
      releaseId: scene.releaseId,
      modelId: scene.modelId,
      settingsKey: randomUUID(),
      createdById: scene.team.admin.userId,
    },
    select: { id: true },
  });

const refusal = (what: string, number: number) => ({
  code: 'CONFLICT',
  messageKey: `lineage.errors.open.${what}`,
  values: { number },
});

describe('is refused', () => {
  test('while a run trains on the texts, which is named', async () => {
    const run = await beginRun();
    await expect(requestErasure(scene)).rejects.toMatchObject(refusal('training', run.number));
    await db.run.update({ where: { id: run.id }, data: { state: 'evaluating' } });
    await expect(requestErasure(scene)).rejects.toMatchObject(refusal('training', run.number));
  });

  test('while a learning curve is measured with them', async () => {
    await start('curve.measure', (await curve()).id);
    await expect(requestErasure(scene)).rejects.toMatchObject(refusal('measuring', 1));
  });

  test('while their model is asked the regression set', async () => {
    await askRegressionSet(scene.team.admin, scene.modelId);
    await expect(requestErasure(scene)).rejects.toMatchObject(refusal('askingSet', 1));
  });

  test('while a release of the dataset is being frozen', async () => {
    const { datasetId, briefId, team } = scene;
    const { number } = await createRelease(team.admin, { datasetId, briefId, note: '' });
    await expect(requestErasure(scene)).rejects.toMatchObject(refusal('freezing', number));
  });

  test('while a question that names the person is being answered', async () => {
    const { id } = await start('model.ask', scene.modelId, { prompt: `Who is ${customer}?` });
    await expect(requestErasure(scene)).rejects.toMatchObject(refusal('asking', 1));
    await db.job.update({ where: { id }, data: { input: {} }, select: { id: true } });
  });

  test('while a file that names the person is being imported', async () => {
    const { id } = await db.import.create({
      data: {
        workspaceId: scene.team.workspace.id,
        datasetId: scene.datasetId,
        fileName: `${customer}.csv`,
        fileKey: `imports/${randomUUID()}`,
        bytes: 1n,
        sha256: 'ab'.repeat(32),
        format: 'csv',
        reading: readingOf({ columns: ['prompt'] }),
        state: 'importing',
        createdById: scene.team.admin.userId,
      },
      select: { id: true },
    });
    await expect(requestErasure(scene)).rejects.toMatchObject(refusal('importing', 1));
    await db.import.update({ where: { id }, data: { state: 'failed' }, select: { id: true } });
  });

  test('by the job itself where a run has begun since, past the lock: nothing is gone then', async () => {
    const jobId = await requestErasure(scene);
    const quote = await createQuote(scene.team.admin, scene.releaseId);
    const run = await db.run.create({
      data: {
        workspaceId: scene.team.workspace.id,
        releaseId: scene.releaseId,
        quoteId: quote.id,
        number: 900,
        seed: 1,
        state: 'training',
        createdById: scene.team.admin.userId,
      },
      select: { id: true },
    });
    expect(await deliverErasure(jobId)).toMatchObject({
      state: 'failed',
      errorCode: 'lineage.errors.open.training',
    });
    expect((await findPerson(scene.team.admin, { text: customer })).counts.examples).toBe(6);
    await db.run.update({ where: { id: run.id }, data: { state: 'failed' } });
    // What was not carried out holds nothing up.
    await expect(beginRun()).resolves.toBeTruthy();
  });
});

describe('while it waits, nothing begins on its releases', () => {
  const erasing = { code: 'CONFLICT', messageKey: 'lineage.errors.releaseErasing' };

  test('no run, proof, curve or question of the regression set', async () => {
    const { id: planId } = await createPlan(scene.team.admin, plan(scene.releaseId));
    const { id: curveId } = await curve();
    await requestErasure(scene);
    const runs = await db.run.count();
    await expect(beginRun()).rejects.toMatchObject(erasing);
    expect(await db.run.count()).toBe(runs);
    await expect(
      createProof(scene.team.admin, { modelId: scene.modelId, planId }),
    ).rejects.toMatchObject(erasing);
    await expect(start('curve.measure', curveId)).rejects.toMatchObject(erasing);
    await expect(askRegressionSet(scene.team.admin, scene.modelId)).rejects.toMatchObject(erasing);
    await endWork();
    await expect(beginRun()).resolves.toBeTruthy();
  });

  test('of a run and an erasure at once one is refused, every time', async () => {
    for (let round = 0; round < 12; round += 1) {
      const { seen } = await findPerson(scene.team.admin, { text: customer });
      const both = await Promise.allSettled([
        // Sooner or later within the erasure's own steps.
        sleep(round * 3).then(beginRun),
        erasePerson(scene.team.admin, { text: customer, seen }),
      ]);
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      for (const one of both)
        if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'CONFLICT' });
      await endWork();
    }
  });

  test('until its files are made again', async () => {
    const jobId = await requestErasure(scene);
    expect(await deliverErasure(jobId)).toMatchObject({ state: 'done' });
    await expect(beginRun()).resolves.toBeTruthy();
  });
});
