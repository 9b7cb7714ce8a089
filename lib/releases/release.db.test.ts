import { createPublicKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { env } from '@/lib/env';
import { getExport } from '@/lib/exports/export-queries';
import type { ManifestRow } from '@/lib/exports/manifest';
import { readSigningKey } from '@/lib/exports/manifest';
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
import { verifyRowsInDatabase } from '@/lib/releases/verify-database';
import { createDataset, createExample, createTeam } from '@/tests/factories-examples';

let team: Awaited<ReturnType<typeof createTeam>>;
let other: Awaited<ReturnType<typeof createTeam>>;

beforeAll(async () => {
  team = await createTeam('bicycles');
  other = await createTeam('violins');
});
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

async function createStock(count: number) {
  const { id: datasetId } = await createDataset(team.admin);
  const briefId = await createApprovedBrief(team.admin, team.reviewer, datasetId);
  const examples = [];
  for (let n = 0; n < count; n += 1) {
    examples.push(
      await createApproved(team.writer, team.reviewer, datasetId, {
        prompt: questionOf(n),
        groupKey: `ticket ${n % 12}`,
      }),
    );
  }
  return { datasetId, briefId, examples };
}

const exportsOf = (releaseId: string, split: 'training' | 'validation') =>
  getExport(team.admin, { releaseId, format: 'openai-chat', split, acceptWithdrawn: false });

describe('a release', () => {
  test('holds exactly what is approved, is verified with and without the database, and never changes', async () => {
    const { datasetId, briefId, examples } = await createStock(24);
    const draft = await createExample(team.writer, datasetId, { prompt: 'not looked at yet' });
    const preview = await previewRelease(team.admin, datasetId);
    const releaseId = await freeze(team.admin, datasetId, briefId);
    const release = await getRelease(team.admin, { datasetId, number: 1 });
    expect(release.state).toBe('frozen');
    expect(release.counts).toEqual(preview.counts);
    expect(release.counts?.excluded).toEqual({ draft: 1 });
    const items = await db.releaseItem.findMany({
      where: { releaseId },
      select: { exampleId: true },
    });
    expect(items.map((item) => item.exampleId).sort()).toEqual(
      examples.map((example) => example.id).sort(),
    );
    expect(items.some((item) => item.exampleId === draft.id)).toBe(false);

    const key = createPublicKey(readSigningKey(env().SIGNING_KEY ?? ''));
    let total = 0;
    for (const split of ['training', 'validation'] as const) {
      const file = await exportsOf(releaseId, split);
      const rows: ManifestRow[] = [];
      const result = await verifyExport({
        file: filePath(file.fileKey),
        manifest: filePath(file.manifestKey),
        key,
        onRow: (row) => void rows.push(row),
      });
      expect(result).toMatchObject({ faults: [], signature: 'valid' });
      if (!result.header) throw new Error('no header');
      expect(await verifyRowsInDatabase(result.header, rows)).toEqual({ faults: [], warnings: [] });
      total += result.rows;
    }
    expect(total).toBe((release.counts?.training ?? 0) + (release.counts?.validation ?? 0));
    await expect(
      db.release.update({ where: { id: releaseId }, data: { note: 'other' } }),
    ).rejects.toThrow(/release_is_final/);
  });

  test('a second delivery of the job changes nothing', async () => {
    const { datasetId, briefId } = await createStock(12);
    const { id, jobId } = await createRelease(team.admin, { datasetId, briefId, note: '' });
    if (!jobId) throw new Error('no job');
    const deliver = () =>
      runJob(releaseFreezeJob, { jobId, lastAttempt: true, signal: new AbortController().signal });
    await deliver();
    const before = await db.export.findMany({ where: { releaseId: id }, orderBy: { id: 'asc' } });
    await db.job.update({ where: { id: jobId }, data: { state: 'running' } });
    await deliver();
    expect(await db.export.findMany({ where: { releaseId: id }, orderBy: { id: 'asc' } })).toEqual(
      before,
    );
    expect(before).toHaveLength(4);
  });

  test('twenty requests at once make one release', async () => {
    const { datasetId, briefId } = await createStock(3);
    const made = await Promise.all(
      Array.from({ length: 20 }, () => createRelease(team.admin, { datasetId, briefId, note: '' })),
    );
    expect(new Set(made.map((release) => release.id)).size).toBe(1);
    expect(await db.release.count({ where: { datasetId } })).toBe(1);
  });

  test('too few examples are refused with the reason, and the next try gets the next number', async () => {
    const { datasetId, briefId } = await createStock(9);
    const id = await freeze(team.admin, datasetId, briefId);
    const release = await db.release.findUniqueOrThrow({ where: { id }, include: { items: true } });
    expect(release).toMatchObject({ state: 'failed', items: [] });
    const job = await db.job.findFirstOrThrow({ where: { subjectId: id } });
    expect(job).toMatchObject({ state: 'failed', errorCode: 'releases.errors.too_few_examples' });
    expect(await db.example.count({ where: { datasetId, split: { not: null } } })).toBe(0);
  });

  test('an unapproved brief is refused', async () => {
    const { id: datasetId } = await createDataset(team.admin, { rules: [] });
    const brief = await db.brief.findFirstOrThrow({ where: { datasetId } });
    await expect(
      createRelease(team.admin, { datasetId, briefId: brief.id, note: '' }),
    ).rejects.toMatchObject({
      messageKey: 'releases.errors.noApprovedBrief',
    });
  });

  test('a withdrawal after the freeze is a warning, and download asks first', async () => {
    const { datasetId, briefId, examples } = await createStock(15);
    const releaseId = await freeze(team.admin, datasetId, briefId);
    const trained = await db.releaseItem.findFirstOrThrow({
      where: { releaseId, split: 'training' },
    });
    const review = await db.review.findUniqueOrThrow({ where: { id: trained.reviewId } });
    await db.$transaction([
      db.review.create({
        data: {
          workspaceId: review.workspaceId,
          exampleId: review.exampleId,
          revisionId: review.revisionId,
          revisionAuthorId: review.revisionAuthorId,
          reviewerId: review.reviewerId,
          decision: 'withdraw',
          withdrawsId: review.id,
        },
      }),
      db.example.update({
        where: { id: review.exampleId },
        data: { status: 'in_review', approvedRevisionId: null },
      }),
    ]);
    await expect(exportsOf(releaseId, 'training')).rejects.toMatchObject({
      code: 'CONFLICT',
      data: { withdrawn: 1 },
    });
    const file = await getExport(team.admin, {
      releaseId,
      format: 'openai-chat',
      split: 'training',
      acceptWithdrawn: true,
    });
    const rows: ManifestRow[] = [];
    const { header } = await verifyExport({
      file: filePath(file.fileKey),
      manifest: filePath(file.manifestKey),
      key: null,
      onRow: (row) => void rows.push(row),
    });
    if (!header) throw new Error('no header');
    const found = await verifyRowsInDatabase(header, rows);
    expect(found.faults).toEqual([]);
    expect(found.warnings).toHaveLength(1);

    const second = await freeze(team.admin, datasetId, briefId);
    expect(await db.releaseItem.count({ where: { releaseId: second } })).toBe(examples.length - 1);
    const splits = async (id: string) =>
      new Map(
        (await db.releaseItem.findMany({ where: { releaseId: id } })).map((item) => [
          item.exampleId,
          item.split,
        ]),
      );
    const [first, next] = [await splits(releaseId), await splits(second)];
    for (const [example, split] of next) expect(split).toBe(first.get(example));
  });

  test('people of another workspace, and roles below admin, get nothing', async () => {
    const { datasetId, briefId } = await createStock(12);
    const releaseId = await freeze(team.admin, datasetId, briefId);
    const wanted = {
      releaseId,
      format: 'openai-chat',
      split: 'training',
      acceptWithdrawn: false,
    } as const;
    await expect(getExport(other.admin, wanted)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(getExport(team.reviewer, wanted)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(
      createRelease(team.reviewer, { datasetId, briefId, note: '' }),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(
      createRelease(other.admin, { datasetId, briefId, note: '' }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(getRelease(other.admin, { datasetId, number: 1 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(previewRelease(other.admin, datasetId)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
