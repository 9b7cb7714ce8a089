import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stepIn } from '@/lib/accounts/sign-in-mutations';
import { db, disconnect } from '@/lib/db';
import { env } from '@/lib/env';
import { createFileKey, filePath, storeFile } from '@/lib/files';
import { createImport } from '@/lib/imports/import-mutations';
import { createPlan } from '@/lib/proofs/plan-mutations';
import { proofFolder } from '@/lib/proofs/proof-files';
import { createProof } from '@/lib/proofs/proof-mutations';
import { stopQueue } from '@/lib/queue';
import { freeze } from '@/lib/releases/release-fixtures';
import { findSignedInBySession, type Viewer, viewerForJob } from '@/lib/session';
import { runFolder } from '@/lib/training/run-files';
import { removeSample } from '@/lib/workspaces/sample-mutations';
import { findSample } from '@/lib/workspaces/sample-queries';
import { seedSample } from '@/prisma/seed/seed-sample';
import { sampleExamples } from '@/prisma/seed/shop';
import { createMember, createWorkspace } from '@/tests/factories';
import { createModel, plan } from '@/tests/factories-proofs';
import { createQuote } from '@/tests/factories-runs';

type Person = { viewer: Viewer };

let own: { id: string; admin: Person; reviewer: Person };
let sample: { id: string; admin: Viewer };
const keys: string[] = [];
let runId: string;
/** A text of the sample, as it lies in its files. */
const canary = 'canary text of the sample';

/** The sample as somebody leaves it: an import, a release with its files, a run with a folder. */
beforeAll(async () => {
  await seedSample({ onlyIfEmpty: true });
  const workspace = await createWorkspace({ name: 'Harbour' });
  own = {
    id: workspace.id,
    admin: await createMember(workspace, 'admin'),
    reviewer: await createMember(workspace, 'reviewer'),
  };
  const { id } = await db.workspace.findUniqueOrThrow({ where: { slug: 'sample' } });
  const { userId } = await db.member.findFirstOrThrow({
    where: { workspaceId: id, role: 'admin' },
  });
  sample = { id, admin: await viewerForJob({ userId, workspaceId: id }) };
  await createImport(sample.admin, {
    datasetId: (await db.dataset.findFirstOrThrow({ where: { workspaceId: id } })).id,
    fileName: 'mails.csv',
    body: Readable.from([Buffer.from(`prompt,reply\n${canary},b\n`)]),
  });
  runId = await releaseAndTrain();
  await leaveOpenEnds();
  // No worker runs here: what it would have done long ago, the check after a new brief, is done.
  await db.job.updateMany({ data: { state: 'done' } });
  const exported = await db.export.findMany({ where: { workspaceId: id } });
  keys.push(...exported.flatMap(({ fileKey, manifestKey }) => [fileKey, manifestKey]));
  const imports = await db.import.findMany({ where: { workspaceId: id } });
  keys.push(...imports.map(({ fileKey }) => fileKey));
});
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

async function releaseAndTrain(): Promise<string> {
  const dataset = await db.dataset.findFirstOrThrow({ where: { workspaceId: sample.id } });
  const brief = await db.brief.findFirstOrThrow({
    where: { datasetId: dataset.id, approvedAt: { not: null } },
  });
  const releaseId = await freeze(sample.admin, dataset.id, brief.id);
  const common = { workspaceId: sample.id, releaseId, createdById: sample.admin.userId };
  const quote = await createQuote(sample.admin, releaseId);
  const run = await db.run.create({
    data: { ...common, quoteId: quote.id, number: 1, seed: 1, state: 'failed' },
  });
  await mkdir(runFolder(run.id), { recursive: true });
  await writeFile(path.join(runFolder(run.id), 'metrics.jsonl'), `${canary}\n`);
  return run.id;
}

/** A proof that was cancelled with its rows on the disk, and an erasure with a file still to remove. */
async function leaveOpenEnds(): Promise<void> {
  const workspaceId = sample.id;
  const { releaseId } = await db.run.findUniqueOrThrow({ where: { id: runId } });
  const workspace = await db.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
  const { admin } = sample;
  const modelId = await createModel(
    { workspace, admin, writer: admin, reviewer: admin },
    releaseId,
  );
  const { adapterKey } = await db.model.findUniqueOrThrow({ where: { id: modelId } });
  await storeFile(adapterKey, Readable.from([canary]));
  const { id: planId } = await createPlan(sample.admin, plan(releaseId));
  const proof = await createProof(sample.admin, { modelId, planId });
  await db.proof.update({
    where: { id: proof.id },
    data: { state: 'cancelled' },
    select: { id: true },
  });
  await mkdir(proofFolder(proof.id), { recursive: true });
  await writeFile(path.join(proofFolder(proof.id), 'rows.jsonl'), canary);
  const left = await storeFile(createFileKey('exports'), Readable.from([canary]));
  await db.erasure.create({
    data: {
      workspaceId,
      counts: {},
      pendingFiles: [left.key],
      rowsErasedAt: new Date(),
      createdById: sample.admin.userId,
    },
    select: { id: true },
  });
  keys.push(left.key, adapterKey);
}

/** Files below the data folder that hold a text. */
const filesWith = (text: string): string[] =>
  readdirSync(env().DATA_DIR, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file, 'utf8').includes(text));

describe('before', () => {
  test('its admin and an admin of another workspace see what goes, nobody else', async () => {
    const counts = { id: sample.id, examples: sampleExamples.length, releases: 1, models: 1 };
    expect(await findSample(sample.admin)).toMatchObject({ ...counts, isOwn: true });
    expect(await findSample(own.admin.viewer)).toMatchObject({ ...counts, isOwn: false });
    await expect(findSample(own.reviewer.viewer)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('a reviewer cannot remove it', async () => {
    await expect(removeSample(own.reviewer.viewer)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await db.workspace.count()).toBe(2);
  });

  test('not while something runs in it', async () => {
    const job = await db.job.create({
      data: {
        kind: 'example.bulk',
        workspaceId: sample.id,
        subjectId: sample.id,
        createdById: sample.admin.userId,
        input: {},
        state: 'running',
      },
    });
    await expect(removeSample(own.admin.viewer)).rejects.toMatchObject({
      code: 'CONFLICT',
      messageKey: 'workspaces.errors.sampleBusy',
    });
    await db.job.update({ where: { id: job.id }, data: { state: 'done' } });
    expect(await db.example.count({ where: { workspaceId: sample.id } })).toBe(
      sampleExamples.length,
    );
  });
});

describe('removed by an admin of another workspace', () => {
  let session: { sessionId: string };

  test('everything in it goes, its files too; the other workspace stays', async () => {
    session = await stepIn('writer', { address: null, userAgent: null });
    expect(await findSignedInBySession(session.sessionId)).not.toBeNull();
    expect(keys.length).toBeGreaterThanOrEqual(5);
    for (const key of keys) expect(existsSync(filePath(key)), key).toBe(true);
    const { fileKey } = await db.export.findFirstOrThrow({ where: { rows: { gt: 0 } } });
    const [line = ''] = readFileSync(filePath(fileKey), 'utf8').split('\n');
    expect(filesWith(canary).length).toBeGreaterThanOrEqual(5);
    expect(filesWith(line).length).toBeGreaterThan(0);

    expect(await removeSample(own.admin.viewer)).toEqual({ wasOwn: false });
    expect(await db.workspace.findMany({ select: { id: true } })).toEqual([{ id: own.id }]);
    const [examples, revisions, reviews, exported, runs] = await Promise.all([
      db.example.count(),
      db.revision.count(),
      db.review.count(),
      db.export.count(),
      db.run.count(),
    ]);
    expect([examples, revisions, reviews, exported, runs]).toEqual([0, 0, 0, 0, 0]);
    for (const key of keys) expect(existsSync(filePath(key)), key).toBe(false);
    expect(existsSync(runFolder(runId))).toBe(false);
    expect(filesWith(canary)).toEqual([]);
    expect(filesWith(line)).toEqual([]);
  });

  test('it stands in the record of the installation, with its counts', async () => {
    const entry = await db.auditEvent.findFirstOrThrow({ where: { action: 'sample.removed' } });
    expect(entry).toMatchObject({
      workspaceId: null,
      actorId: own.admin.viewer.userId,
      subjectId: sample.id,
      data: { examples: sampleExamples.length, runs: 2, files: keys.length },
    });
  });

  test('its people cannot step in any more, and who had is out', async () => {
    expect(await findSignedInBySession(session.sessionId)).toBeNull();
    await expect(stepIn('admin', { address: null, userAgent: null })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await findSample(own.admin.viewer)).toBeNull();
  });

  test('a second removal finds nothing', async () => {
    await expect(removeSample(own.admin.viewer)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

test('the next start does not bring it back, not even without any account; asking for it does', async () => {
  await db.member.deleteMany({ where: { workspaceId: own.id, role: 'reviewer' } });
  expect(await seedSample({ onlyIfEmpty: true })).toBe(false);
  await db.$executeRaw`SELECT erase_workspace(${own.id}::uuid, NULL)`;
  await db.user.updateMany({ where: { isSample: false }, data: { isSample: true } });
  expect(await seedSample({ onlyIfEmpty: true })).toBe(false);
  expect(await seedSample({ onlyIfEmpty: false })).toBe(true);
  expect(await db.example.count()).toBe(sampleExamples.length);
  await stepIn('admin', { address: null, userAgent: null });
});

test('its own admin can remove it too', async () => {
  const { id } = await db.workspace.findUniqueOrThrow({ where: { slug: 'sample' } });
  await db.job.updateMany({ data: { state: 'done' } });
  const member = await db.member.findFirstOrThrow({ where: { workspaceId: id, role: 'admin' } });
  const viewer = await viewerForJob({ userId: member.userId, workspaceId: id });
  expect(await removeSample(viewer)).toEqual({ wasOwn: true });
  expect(await db.example.count()).toBe(0);
});
