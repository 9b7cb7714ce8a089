// Approvals by access token count in a release only where the dataset allows them.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { approveBrief } from '@/lib/datasets/brief-mutations';
import { findApprovedBrief, getCurrentBrief } from '@/lib/datasets/brief-queries';
import { setTokenDecisions } from '@/lib/datasets/dataset-mutations';
import { db, disconnect } from '@/lib/db';
import { getExport } from '@/lib/exports/export-queries';
import type { ManifestHeader, ManifestRow } from '@/lib/exports/manifest';
import { verifyExport } from '@/lib/exports/verify-manifest';
import { filePath } from '@/lib/files';
import { runJob } from '@/lib/jobs';
import { stopQueue } from '@/lib/queue';
import {
  createApproved,
  createApprovedBrief,
  freeze,
  questionOf,
} from '@/lib/releases/release-fixtures';
import { releaseFreezeJob } from '@/lib/releases/release-jobs';
import { createRelease } from '@/lib/releases/release-mutations';
import { getRelease, previewRelease } from '@/lib/releases/release-queries';
import type { Viewer } from '@/lib/session';
import { appSql } from '@/tests/database';
import { createDataset, createTeam } from '@/tests/factories-examples';

const PEOPLE = 14;
const PROGRAMS = 3;
let team: Awaited<ReturnType<typeof createTeam>>;
let program: Viewer;

beforeAll(async () => {
  team = await createTeam('bicycles');
  program = { ...team.reviewer, via: 'token' };
});
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

/** A dataset with examples that a person approved and some that a program did. */
async function createStock(input: { allowed: boolean; briefVia?: 'session' | 'token' }) {
  const { id: datasetId } = await createDataset(team.admin);
  const briefId = await createApprovedBrief(team.admin, team.reviewer, datasetId, {
    via: input.briefVia ?? 'session',
  });
  const byToken: string[] = [];
  for (let n = 0; n < PEOPLE + PROGRAMS; n += 1) {
    const reviewer = n < PEOPLE ? team.reviewer : program;
    const made = await createApproved(team.writer, reviewer, datasetId, { prompt: questionOf(n) });
    if (n >= PEOPLE) byToken.push(made.id);
  }
  if (input.allowed) await allow(datasetId, true);
  return { datasetId, briefId, byToken };
}

async function allow(datasetId: string, allowed: boolean) {
  const { version } = await db.dataset.findUniqueOrThrow({ where: { id: datasetId } });
  await setTokenDecisions(team.admin, { datasetId, version, allowed });
}

/** What the manifests of a release say. */
async function readManifests(releaseId: string) {
  const rows: ManifestRow[] = [];
  const headers: ManifestHeader[] = [];
  for (const split of ['training', 'validation'] as const) {
    const asked = { releaseId, format: 'openai-chat', split, acceptWithdrawn: false } as const;
    const file = await getExport(team.admin, asked);
    const { header, faults } = await verifyExport({
      file: filePath(file.fileKey),
      manifest: filePath(file.manifestKey),
      key: null,
      onRow: (row) => void rows.push(row),
    });
    expect(faults).toEqual([]);
    if (header) headers.push(header);
  }
  return { rows, headers };
}

const itemsOf = async (releaseId: string) =>
  (await db.releaseItem.findMany({ where: { releaseId } })).map(({ exampleId }) => exampleId);

describe('examples that a program approved', () => {
  test('stay out with their reason, counted and listed, while the dataset does not allow it', async () => {
    const { datasetId, briefId, byToken } = await createStock({ allowed: false });
    const preview = await previewRelease(team.admin, datasetId);
    expect(preview.counts.excluded).toEqual({ approved_by_token: PROGRAMS });
    expect(preview.lists.approved_by_token.map(({ id }) => id).sort()).toEqual([...byToken].sort());
    const releaseId = await freeze(team.admin, datasetId, briefId);
    const { counts } = await getRelease(team.admin, { datasetId, number: 1 });
    expect(counts).toEqual(preview.counts);
    const left = await db.releaseExclusion.findMany({ where: { releaseId } });
    expect(left.map(({ exampleId, reason }) => [exampleId, reason]).sort()).toEqual(
      byToken.map((id) => [id, 'approved_by_token']).sort(),
    );
    const items = await itemsOf(releaseId);
    expect(items).toHaveLength(PEOPLE);
    for (const id of byToken) expect(items).not.toContain(id);
    expect((await readManifests(releaseId)).rows.map(({ via }) => via)).not.toContain('token');
    // Nothing places them: once a person approves them, they are new to the split.
    expect(await db.example.count({ where: { id: { in: byToken }, split: { not: null } } })).toBe(
      0,
    );
  });

  test('go in where it does, marked in the manifest', async () => {
    const { datasetId, briefId, byToken } = await createStock({ allowed: true });
    expect((await previewRelease(team.admin, datasetId)).counts.excluded).toEqual({});
    const releaseId = await freeze(team.admin, datasetId, briefId);
    const items = await itemsOf(releaseId);
    for (const id of byToken) expect(items).toContain(id);
    const { rows, headers } = await readManifests(releaseId);
    for (const row of rows)
      expect([row.exampleId, row.via]).toEqual([
        row.exampleId,
        byToken.includes(row.exampleId) ? 'token' : 'session',
      ]);
    for (const header of headers)
      expect(header).toMatchObject({ manifestVersion: 3, brief: { approvedVia: 'session' } });
  });

  test('go by the setting of the moment in which the rows are fixed', async () => {
    const { datasetId, briefId, byToken } = await createStock({ allowed: true });
    const asked = await createRelease(team.admin, { datasetId, briefId, note: '' });
    let run: Promise<unknown> = Promise.resolve();
    // Turned off by a transaction that is still open when the freezing begins: it has to wait.
    await db.$transaction(async (tx) => {
      await tx.dataset.update({
        where: { id: datasetId },
        data: { allowTokenDecisions: false, version: { increment: 1 } },
      });
      run = runJob(releaseFreezeJob, {
        jobId: asked.jobId ?? '',
        lastAttempt: true,
        signal: new AbortController().signal,
      });
      await new Promise((done) => setTimeout(done, 300));
      expect(await db.releaseItem.count({ where: { releaseId: asked.id } })).toBe(0);
    });
    await run;
    const items = await itemsOf(asked.id);
    expect(items).toHaveLength(PEOPLE);
    for (const id of byToken) expect(items).not.toContain(id);
  });

  test('are refused by the database itself', async () => {
    const { datasetId, briefId, byToken } = await createStock({ allowed: false });
    const [example] = await db.example.findMany({
      where: { id: byToken[0] ?? '' },
      select: { id: true, approvedRevisionId: true, reviews: { select: { id: true } } },
    });
    const { id: releaseId } = await createRelease(team.admin, { datasetId, briefId, note: '' });
    await db.example.update({
      where: { id: example?.id ?? '' },
      data: { split: 'training', placedAt: new Date() },
    });
    const insert = () =>
      appSql(
        `INSERT INTO "ReleaseItem" ("releaseId", "exampleId", "revisionId", "reviewId", "split", "position", "replyKnown")
         VALUES ($1, $2, $3, $4, 'training', 0, false)`,
        [releaseId, example?.id, example?.approvedRevisionId, example?.reviews[0]?.id],
      );
    await expect(insert()).rejects.toThrow(/release_item_approved_by_token/);
    await allow(datasetId, true);
    await insert();
  });
});

describe('a brief that a program approved', () => {
  test('is none that a release may use, until a person approves it', async () => {
    const { datasetId, briefId } = await createStock({ allowed: false, briefVia: 'token' });
    expect(await findApprovedBrief(team.admin, datasetId)).toBeNull();
    expect(await previewRelease(team.admin, datasetId)).toMatchObject({
      approvedBrief: null,
      tokenBriefVersion: 1,
    });
    const make = () => createRelease(team.admin, { datasetId, briefId, note: '' });
    await expect(make()).rejects.toMatchObject({ messageKey: 'releases.errors.briefByToken' });
    await expect(
      appSql(
        `INSERT INTO "Release" ("workspaceId", "datasetId", "number", "briefId", "createdById") VALUES ($1, $2, 900, $3, $4)`,
        [team.workspace.id, datasetId, briefId, team.admin.userId],
      ),
    ).rejects.toThrow(/release_brief_approved_by_token/);

    const again = (viewer: Viewer) => approveBrief(viewer, { datasetId, version: 1 });
    await expect(again(program)).rejects.toMatchObject({ messageKey: 'brief.whyNot.approved' });
    await expect(again(team.admin)).rejects.toMatchObject({ messageKey: 'brief.whyNot.own' });
    await again(team.reviewer);
    expect(await getCurrentBrief(team.admin, datasetId)).toMatchObject({ approvedVia: 'session' });
    await make();
  });

  test('gives way to an older one that a person approved', async () => {
    const { datasetId, briefId } = await createStock({ allowed: false });
    const newer = await createApprovedBrief(team.admin, team.reviewer, datasetId, {
      version: 2,
      via: 'token',
    });
    const preview = () => previewRelease(team.admin, datasetId);
    expect(await preview()).toMatchObject({
      approvedBrief: { id: briefId, version: 1 },
      newestBriefVersion: 2,
      tokenBriefVersion: 2,
    });
    await allow(datasetId, true);
    expect(await preview()).toMatchObject({
      approvedBrief: { id: newer },
      tokenBriefVersion: null,
    });
  });

  test('is used where the dataset allows it, marked in the manifest, and final from then on', async () => {
    const { datasetId, briefId } = await createStock({ allowed: true, briefVia: 'token' });
    const releaseId = await freeze(team.admin, datasetId, briefId);
    for (const { brief } of (await readManifests(releaseId)).headers)
      expect(brief).toMatchObject({ approvedById: team.reviewer.userId, approvedVia: 'token' });
    await expect(approveBrief(team.reviewer, { datasetId, version: 1 })).rejects.toMatchObject({
      messageKey: 'brief.whyNot.approved',
    });
    await expect(
      appSql(`UPDATE "Brief" SET "approvedVia" = 'session' WHERE "id" = $1`, [briefId]),
    ).rejects.toThrow(/brief_version_is_final/);
  });

  test('stops a release that was asked for before the setting was turned off', async () => {
    const { datasetId, briefId } = await createStock({ allowed: true, briefVia: 'token' });
    const { id, jobId } = await createRelease(team.admin, { datasetId, briefId, note: '' });
    await allow(datasetId, false);
    await runJob(releaseFreezeJob, {
      jobId: jobId ?? '',
      lastAttempt: true,
      signal: new AbortController().signal,
    });
    expect(await db.release.findUniqueOrThrow({ where: { id } })).toMatchObject({
      state: 'failed',
    });
    expect(await db.job.findUniqueOrThrow({ where: { id: jobId ?? '' } })).toMatchObject({
      errorCode: 'releases.errors.briefByToken',
    });
    expect(await itemsOf(id)).toEqual([]);
  });

  test('is marked where it is approved, and only then', async () => {
    const { id: datasetId } = await createDataset(team.admin, { rules: [] });
    expect(await getCurrentBrief(team.admin, datasetId)).toMatchObject({ approvedVia: null });
    await approveBrief(program, { datasetId, version: 1 });
    expect(await getCurrentBrief(team.admin, datasetId)).toMatchObject({
      approvedById: program.userId,
      approvedVia: 'token',
    });
    await expect(
      appSql(`UPDATE "Brief" SET "approvedVia" = NULL WHERE "datasetId" = $1`, [datasetId]),
    ).rejects.toThrow(/brief_version_is_final|Brief_via_with_approval/);
  });
});
