// An erasure whose rows are gone is ended, whatever comes between: a full disk, a role that is lost.
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { continueErasure } from '@/lib/lineage/erase-mutations';
import {
  createErasureScene,
  deliverErasure,
  filesOf,
  requestErasure,
  type Scene,
} from '@/lib/lineage/erasure-fixtures';
import { findUnfinishedErasures } from '@/lib/lineage/erasure-queries';
import { resumeErasures } from '@/lib/lineage/owed-erasures';
import { findPerson } from '@/lib/lineage/person-queries';
import { stopQueue } from '@/lib/queue';

const disk = vi.hoisted(() => ({ isFull: false }));
vi.mock('@/lib/files', async (importOriginal) => {
  const actual = await importOriginal<typeof import('@/lib/files')>();
  const storeFile: typeof actual.storeFile = async (...args) => {
    if (disk.isFull) throw new AppError('UNAVAILABLE', 'errors.diskFull');
    return actual.storeFile(...args);
  };
  return { ...actual, storeFile };
});

const customer = 'Ottilie Kranzbühler';
let scene: Scene;

beforeEach(async () => {
  disk.isFull = false;
  scene = await createErasureScene('shop', customer);
});
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

const demote = () =>
  db.member.update({
    where: {
      workspaceId_userId: {
        workspaceId: scene.team.workspace.id,
        userId: scene.team.admin.userId,
      },
    },
    data: { role: 'writer' },
    select: { role: true },
  });

const theErasure = () =>
  db.erasure.findFirstOrThrow({ where: { workspaceId: scene.team.workspace.id } });

const openJob = () =>
  db.job.findFirstOrThrow({
    where: { workspaceId: scene.team.workspace.id, kind: 'person.erase', finishedAt: null },
  });

const erasedEntries = () =>
  db.auditEvent.count({
    where: { workspaceId: scene.team.workspace.id, action: 'person.erased' },
  });

/** An erasure that took the rows away and then found no place for the files. */
async function stopHalfWay(): Promise<{ files: number }> {
  const files = await filesOf(scene.releaseId);
  const jobId = await requestErasure(scene);
  disk.isFull = true;
  expect(await deliverErasure(jobId)).toMatchObject({
    state: 'failed',
    errorCode: 'errors.diskFull',
  });
  disk.isFull = false;
  expect(await theErasure()).toMatchObject({ finishedAt: null, rowsErasedAt: expect.any(Date) });
  expect(await filesOf(scene.releaseId)).toBeLessThan(files);
  return { files };
}

async function expectEnded({ files }: { files: number }): Promise<void> {
  expect(await theErasure()).toMatchObject({ finishedAt: expect.any(Date), pendingFiles: [] });
  expect(await filesOf(scene.releaseId)).toBe(files);
  expect(await erasedEntries()).toBe(1);
  expect(await resumeErasures()).toBe(0);
}

test('a disk that was full once: the next worker that starts ends it', async () => {
  const before = await stopHalfWay();
  expect(await resumeErasures()).toBe(1);
  // A second worker that starts meanwhile finds it under way.
  expect(await resumeErasures()).toBe(0);
  expect(await deliverErasure((await openJob()).id)).toMatchObject({ state: 'done' });
  await expectEnded(before);
});

test('an admin sees it and goes on with it, once; nobody else can', async () => {
  const before = await stopHalfWay();
  const other = await scene.team.addPerson('admin', 'other admin');
  const [shown] = await findUnfinishedErasures(other);
  expect(shown).toMatchObject({ by: 'admin of shop', jobId: null });
  const { id: erasureId } = await theErasure();
  for (const viewer of [scene.team.reviewer, scene.team.writer]) {
    await expect(continueErasure(viewer, { erasureId })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await expect(findUnfinishedErasures(viewer)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  }
  const { jobId } = await continueErasure(other, { erasureId });
  await expect(continueErasure(other, { erasureId })).rejects.toMatchObject({
    code: 'CONFLICT',
    messageKey: 'lineage.errors.underWay',
  });
  expect(await findUnfinishedErasures(other)).toMatchObject([{ id: erasureId, jobId }]);
  expect(await deliverErasure(jobId)).toMatchObject({ state: 'done' });
  await expectEnded(before);
  expect(await findUnfinishedErasures(other)).toEqual([]);
  await expect(continueErasure(other, { erasureId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('who asked for it is no admin any more: what is left needs nobody’s rights', async () => {
  await scene.team.addPerson('admin', 'other admin');
  const before = await stopHalfWay();
  await demote();
  expect(await resumeErasures()).toBe(1);
  expect(await deliverErasure((await openJob()).id)).toMatchObject({ state: 'done' });
  await expectEnded(before);
});

test('who lost the role before anything was erased erases nothing, and holds nothing up', async () => {
  await scene.team.addPerson('admin', 'other admin');
  const jobId = await requestErasure(scene);
  const other = await scene.team.addPerson('admin', 'third admin');
  await demote();
  expect(await deliverErasure(jobId)).toMatchObject({ state: 'failed' });
  expect(await theErasure()).toMatchObject({ rowsErasedAt: null });
  expect((await findPerson(other, { text: customer })).counts.examples).toBe(6);
  expect(await findUnfinishedErasures(other)).toEqual([]);
  expect(await resumeErasures()).toBe(0);
});

test('an earlier one that stopped is gone on with once another has ended', async () => {
  await stopHalfWay();
  const { id: first } = await theErasure();
  await db.example.update({
    where: {
      id: (await db.example.findFirstOrThrow({ where: { datasetId: scene.datasetId } })).id,
    },
    data: { groupKey: 'Berta Quist' },
    select: { id: true },
  });
  const jobId = await requestErasure({ ...scene, customer: 'Berta Quist' });
  expect(await deliverErasure(jobId)).toMatchObject({ state: 'done' });
  const next = await openJob();
  expect(next.subjectId).toBe(first);
  expect(await deliverErasure(next.id)).toMatchObject({ state: 'done' });
  expect(await db.erasure.count({ where: { finishedAt: null, rowsErasedAt: { not: null } } })).toBe(
    0,
  );
});
