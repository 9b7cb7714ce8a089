// Trainings on parts of a release from the question to the answer, with a stand-in for the trainer.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '@/bin/start/paths.mjs';
import { curveMeasureJob } from '@/lib/curves/curve-jobs';
import { beginCurve } from '@/lib/curves/curve-mutations';
import { getCurve } from '@/lib/curves/curve-queries';
import { curveTrainings } from '@/lib/curves/curve-rules';
import { db, disconnect } from '@/lib/db';
import { env } from '@/lib/env';
import { cancelJob, runJob } from '@/lib/jobs';
import { findLedger } from '@/lib/proofs/ledger-queries';
import { stopQueue } from '@/lib/queue';
import { runFolder } from '@/lib/training/run-files';
import { appSql, ownerSql } from '@/tests/database';
import { createTeam } from '@/tests/factories-examples';
import { createModel, createProvable, type Provable } from '@/tests/factories-proofs';
import { setEnvironment } from '@/tests/set-environment';

setEnvironment({ TRAINER_PYTHON: path.join(root, 'tests/faults/stand_in_trainer.py') });

let team: Awaited<ReturnType<typeof createTeam>>;
let other: Awaited<ReturnType<typeof createTeam>>;
beforeAll(async () => {
  team = await createTeam('bicycles');
  other = await createTeam('violins');
  const model = path.join(env().DATA_DIR, 'trainer/models/small');
  mkdirSync(model, { recursive: true });
  writeFileSync(path.join(model, 'config.json'), '{"max_position_embeddings":8192}');
}, 120_000);
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

const newRelease = (): Promise<Provable> => createProvable(team, { rows: 12 });
const deliver = (jobId: string | null, signal = new AbortController().signal) =>
  runJob(curveMeasureJob, { jobId: jobId ?? '', lastAttempt: false, signal });
const stateOf = async (id: string | null) =>
  (await db.job.findUniqueOrThrow({ where: { id: id ?? '' }, select: { state: true } })).state;
const pointsOf = (releaseId: string) =>
  db.learningCurvePoint.findMany({
    where: { curve: { releaseId } },
    orderBy: [{ share: 'asc' }, { seed: 'asc' }],
  });
const folderOf = async (modelId: string) => {
  const { runId } = await db.model.findUniqueOrThrow({ where: { id: modelId } });
  return path.join(runFolder(runId), 'curve');
};
/** Resolves once so many trainings have ended. */
async function untilMeasured(releaseId: string, count: number): Promise<void> {
  while ((await pointsOf(releaseId)).length < count) await sleep(30);
}

describe('a curve', () => {
  test('is measured once, answered on the page of every model of the release, and recorded', async () => {
    const { releaseId, modelId, datasetId } = await newRelease();
    const before = await getCurve(team.writer, modelId);
    expect(before).toMatchObject({ points: [], job: null, answer: null, left: 9 });
    expect(before.expectedSeconds).toBeGreaterThan(0);
    const { jobId } = await beginCurve(team.admin, modelId);
    await deliver(jobId);
    expect(await stateOf(jobId)).toBe('done');
    const points = await pointsOf(releaseId);
    expect(points.map(({ share, seed }) => ({ share, seed }))).toEqual(curveTrainings);
    const training = await db.releaseItem.count({ where: { releaseId, split: 'training' } });
    expect(points.at(-1)).toMatchObject({ examples: training, score: -1 });
    expect(points[0]?.examples).toBeLessThan(points[3]?.examples ?? 0);
    // Every training of the stand-in comes equally close: twice the examples brought nothing.
    const result = await getCurve(team.writer, modelId);
    expect(result).toMatchObject({ left: 0, expectedSeconds: 0, answer: { answer: 'unlikely' } });
    expect(existsSync(await folderOf(modelId))).toBe(false);
    // No second one for the same release and settings, delivered or asked for again.
    await deliver(jobId);
    expect(await beginCurve(team.admin, modelId)).toEqual({ jobId: null });
    const sibling = await createModel(team, releaseId);
    expect(await beginCurve(team.admin, sibling)).toEqual({ jobId: null });
    expect((await getCurve(team.writer, sibling)).answer?.answer).toBe('unlikely');
    expect(await pointsOf(releaseId)).toEqual(points);
    const curve = await db.learningCurve.findFirstOrThrow({ where: { releaseId } });
    expect(curve.finishedAt).toBeInstanceOf(Date);
    const { looks } = await findLedger(team.writer, datasetId);
    expect(looks.filter(({ kind }) => kind === 'curve')).toEqual([
      expect.objectContaining({ runNumber: 1, person: 'admin of bicycles', runOrdinal: null }),
    ]);
    const entries = await db.auditEvent.findMany({
      where: { subjectId: modelId, action: { startsWith: 'curve.' } },
      orderBy: { id: 'asc' },
      select: { action: true, data: true },
    });
    expect(entries).toEqual([
      { action: 'curve.begun', data: { curveId: curve.id, jobId } },
      { action: 'curve.measured', data: { curveId: curve.id, trainings: 9 } },
    ]);
  });

  test('asked for twenty times at once begins one job', async () => {
    const { releaseId, modelId } = await newRelease();
    const begun = await Promise.all(
      Array.from({ length: 20 }, () => beginCurve(team.admin, modelId)),
    );
    expect(new Set(begun.map(({ jobId }) => jobId)).size).toBe(1);
    const curves = await db.learningCurve.findMany({ where: { releaseId } });
    expect(curves).toHaveLength(1);
    const ids = curves.map(({ id }) => id);
    expect(await db.job.count({ where: { subjectId: { in: ids } } })).toBe(1);
  });

  test('goes on with the next training after its worker stopped, and trains nothing twice', async () => {
    const { releaseId, modelId } = await newRelease();
    const { jobId } = await beginCurve(team.admin, modelId);
    const stopping = new AbortController();
    const stopped = expect(deliver(jobId, stopping.signal)).rejects.toThrow();
    await untilMeasured(releaseId, 2);
    stopping.abort();
    await stopped;
    const kept = await pointsOf(releaseId);
    expect(kept.length).toBeGreaterThanOrEqual(2);
    expect(kept.length).toBeLessThan(9);
    expect(await stateOf(jobId)).toBe('running');
    expect(await beginCurve(team.admin, modelId)).toEqual({ jobId });
    await deliver(jobId);
    const points = await pointsOf(releaseId);
    expect(points).toHaveLength(9);
    expect(points.slice(0, kept.length)).toEqual(kept);
  });

  test('that was cancelled keeps what ended, leaves no texts behind, and goes on when asked again', async () => {
    const { releaseId, modelId } = await newRelease();
    const first = await beginCurve(team.admin, modelId);
    const running = deliver(first.jobId);
    await untilMeasured(releaseId, 1);
    await cancelJob(team.admin, first.jobId ?? '');
    await running;
    expect(await stateOf(first.jobId)).toBe('cancelled');
    expect(existsSync(await folderOf(modelId))).toBe(false);
    const kept = await pointsOf(releaseId);
    expect(kept.length).toBeLessThan(9);
    const again = await beginCurve(team.admin, modelId);
    expect(again.jobId).not.toBe(first.jobId);
    await deliver(again.jobId);
    expect((await pointsOf(releaseId)).slice(0, kept.length)).toEqual(kept);
    expect((await getCurve(team.admin, modelId)).left).toBe(0);
  });

  test('that fails says why, and goes on when asked again', async () => {
    const { modelId } = await newRelease();
    const { jobId } = await beginCurve(team.admin, modelId);
    const config = path.join(env().DATA_DIR, 'trainer/models/small/config.json');
    rmSync(config);
    await deliver(jobId);
    writeFileSync(config, '{"max_position_embeddings":8192}');
    expect((await getCurve(team.admin, modelId)).job).toMatchObject({
      id: jobId,
      state: 'failed',
      errorCode: 'training.errors.baseModelMissing',
    });
    const again = await beginCurve(team.admin, modelId);
    await deliver(again.jobId);
    expect((await getCurve(team.admin, modelId)).left).toBe(0);
  });

  test('is refused where a release has too few groups', async () => {
    const { releaseId, modelId } = await newRelease();
    const items = await db.releaseItem.findMany({ where: { releaseId, split: 'training' } });
    await db.example.updateMany({
      where: { id: { in: items.map(({ exampleId }) => exampleId) } },
      data: { groupKey: 'all the same' },
    });
    await expect(beginCurve(team.admin, modelId)).rejects.toMatchObject({
      code: 'INVALID',
      messageKey: 'curves.errors.tooFewGroups',
    });
    expect(await db.learningCurve.count({ where: { releaseId } })).toBe(0);
  });

  test('is for admins of its workspace', async () => {
    const { modelId } = await newRelease();
    for (const viewer of [team.writer, team.reviewer])
      await expect(beginCurve(viewer, modelId)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const missing = { code: 'NOT_FOUND' };
    await expect(beginCurve(other.admin, modelId)).rejects.toMatchObject(missing);
    await expect(getCurve(other.admin, modelId)).rejects.toMatchObject(missing);
    expect(await db.learningCurve.count({ where: { modelId } })).toBe(0);
  });
});

describe('the database refuses', () => {
  test('to change or delete what was measured, and a curve of another workspace’s release', async () => {
    const { releaseId, modelId } = await newRelease();
    const { jobId } = await beginCurve(team.admin, modelId);
    await deliver(jobId);
    const curve = await db.learningCurve.findFirstOrThrow({ where: { releaseId } });
    for (const sql of [
      `UPDATE "LearningCurvePoint" SET "score" = 0 WHERE "curveId" = '${curve.id}'`,
      `DELETE FROM "LearningCurvePoint" WHERE "curveId" = '${curve.id}'`,
    ]) {
      await expect(appSql(sql)).rejects.toThrow(/permission denied/);
      await expect(ownerSql(sql)).rejects.toThrow(/immutable_row/);
    }
    const change = (set: string) =>
      appSql(`UPDATE "LearningCurve" SET ${set} WHERE "id" = $1`, [curve.id]);
    await expect(change(`"finishedAt" = NULL`)).rejects.toThrow(/immutable_row/);
    await expect(change(`"settingsKey" = 'other'`)).rejects.toThrow(/immutable_row/);
    await expect(appSql(`DELETE FROM "LearningCurve"`)).rejects.toThrow(/permission denied/);
    await expect(
      appSql(
        `INSERT INTO "LearningCurve" ("workspaceId", "releaseId", "modelId", "settingsKey", "createdById")
         VALUES ($1, $2, $3, 'x', $4)`,
        [other.workspace.id, releaseId, modelId, other.admin.userId],
      ),
    ).rejects.toThrow(/fkey/);
  });
});
