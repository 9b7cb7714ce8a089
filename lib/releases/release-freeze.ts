import 'server-only';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { isInForce } from '@/lib/datasets/brief-rules';
import { db, type Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { loadCandidates, loadExclusions } from '@/lib/releases/release-candidates';
import { countExclusions, planRelease, type ReleasePlan } from '@/lib/releases/release-plan';
import type { ExclusionReason, ReleaseCounts } from '@/lib/releases/release-schema';
import type { Viewer } from '@/lib/session';
import { announce } from '@/lib/webhooks/announce-mutations';

const BATCH = 5_000;
const MAX_TRIES = 8;

/** Two transactions that took the same rows in a different order: one of them begins again. */
const isDeadlock = (error: unknown): boolean =>
  (error as { code?: string })?.code === 'P2034' ||
  /deadlock detected|40P01/.test(String((error as { message?: string })?.message ?? ''));

/**
 * Fixes which revisions a release holds, in one transaction; everything later reads only these
 * rows. Done once per release: a second call finds the items and returns. It first takes the
 * dataset and all its examples, so that what it reads and writes is one moment, however busy
 * people are; edits, decisions and new examples wait until it is through.
 */
export async function freezeItems(
  viewer: Viewer,
  releaseId: string,
  options: { reserveMore?: boolean | undefined } = {},
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await db.$transaction((tx) => freezeLocked(tx, viewer, releaseId, options), {
        timeout: 10 * 60_000,
        maxWait: 30_000,
      });
      return;
    } catch (error) {
      if (!isDeadlock(error) || tries === MAX_TRIES) throw error;
    }
  }
}

async function freezeLocked(
  tx: Tx,
  viewer: Viewer,
  releaseId: string,
  options: { reserveMore?: boolean | undefined },
): Promise<void> {
  // The dataset's row is the lock: two releases of one dataset never place at the same time.
  await tx.$queryRaw`
    SELECT 1 FROM "Dataset" d JOIN "Release" r ON r."datasetId" = d."id"
    WHERE r."id" = ${releaseId}::uuid AND r."workspaceId" = ${viewer.workspaceId}::uuid FOR NO KEY UPDATE OF d`;
  const release = await tx.release.findFirst({
    where: { id: releaseId, workspaceId: viewer.workspaceId },
    select: {
      state: true,
      counts: true,
      datasetId: true,
      briefId: true,
      brief: { select: { approvedVia: true } },
      dataset: { select: { splitSeed: true, allowTokenDecisions: true } },
    },
  });
  if (!release) throw new AppError('NOT_FOUND');
  if (release.state !== 'freezing' || release.counts !== null) return;
  // The setting of now, whose change waits for the lock above; it may have been another when this was asked for.
  if (!isInForce(release.brief, release.dataset))
    throw new AppError('INVALID', 'releases.errors.briefByToken');

  // A snapshot alone would fail whenever somebody edits between it and the placements; under steady
  // work that is always.
  await tx.$queryRaw`
    SELECT count(*) FROM (
      SELECT 1 FROM "Example" WHERE "datasetId" = ${release.datasetId}::uuid
      ORDER BY "id" FOR NO KEY UPDATE) held`;
  const candidates = await loadCandidates(tx, release.datasetId);
  const plan = planRelease(candidates, release.dataset.splitSeed, release.briefId, options);
  if (plan.refusal) throw new AppError('INVALID', `releases.errors.${plan.refusal}`);
  const exclusions = await loadExclusions(tx, release.datasetId, plan);
  const counts: ReleaseCounts = { ...plan.counts, excluded: countExclusions(exclusions) };

  await storePlacements(tx, plan);
  await storeItems(tx, releaseId, plan, exclusions);
  await storeSpent(tx, viewer, releaseId, plan);
  // The database's clock, read while nobody can change an example: every approval in it is older.
  const [clock] = await tx.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS "now"`;
  await tx.release.update({
    where: { id: releaseId },
    data: { counts, frozenAt: clock?.now ?? new Date() },
    select: { id: true },
  });
}

async function storePlacements(tx: Tx, plan: ReleasePlan): Promise<void> {
  const placed = [...plan.placed];
  for (let start = 0; start < placed.length; start += BATCH) {
    const batch = placed.slice(start, start + BATCH);
    await tx.$executeRaw`
      UPDATE "Example" e SET "split" = p."split"::"Split", "placedAt" = now()
      FROM unnest(${batch.map(([id]) => id)}::uuid[], ${batch.map(([, split]) => split)}::text[]) AS p("id", "split")
      WHERE e."id" = p."id"`;
  }
}

/** Takes seen examples out of the held-out set for good; the record says how many retired. */
async function storeSpent(
  tx: Tx,
  viewer: Viewer,
  releaseId: string,
  { seen, counts }: ReleasePlan,
): Promise<void> {
  if (seen.spent.size === 0) return;
  await tx.$executeRaw`
    UPDATE "Example" SET "spentAt" = now() WHERE "id" = ANY(${[...seen.spent]}::uuid[])`;
  await recordAudit(tx, viewer, {
    action: 'held_out.retired',
    subjectType: 'release',
    subjectId: releaseId,
    data: { ...counts.seen },
  });
}

async function storeItems(
  tx: Tx,
  releaseId: string,
  plan: ReleasePlan,
  exclusions: { exampleId: string; reason: ExclusionReason }[],
): Promise<void> {
  for (let start = 0; start < plan.items.length; start += BATCH) {
    await tx.releaseItem.createMany({
      data: plan.items.slice(start, start + BATCH).map((item) => ({ releaseId, ...item })),
    });
  }
  for (let start = 0; start < exclusions.length; start += BATCH) {
    await tx.releaseExclusion.createMany({
      data: exclusions
        .slice(start, start + BATCH)
        .map((exclusion) => ({ releaseId, ...exclusion })),
    });
  }
}

export type RenderedFile = {
  format: string;
  split: 'training' | 'validation';
  file: { key: string; bytes: number; sha256: string; rows: number };
  manifest: { key: string; sha256: string };
};

/** The row of one rendered file. */
export const toExportRow = (
  workspaceId: string,
  releaseId: string,
  { format, split, file, manifest }: RenderedFile,
) => ({
  workspaceId,
  releaseId,
  format,
  split,
  fileKey: file.key,
  sha256: file.sha256,
  bytes: BigInt(file.bytes),
  rows: file.rows,
  manifestKey: manifest.key,
  manifestSha256: manifest.sha256,
});

/** Publishes a release whose files are rendered: from here on it never changes. */
export async function publishRelease(
  viewer: Viewer,
  releaseId: string,
  files: RenderedFile[],
): Promise<void> {
  await db.$transaction(async (tx) => {
    const { count } = await tx.release.updateMany({
      where: { id: releaseId, workspaceId: viewer.workspaceId, state: 'freezing' },
      data: { state: 'frozen' },
    });
    if (count === 0) return;
    await tx.export.createMany({
      data: files.map((file) => toExportRow(viewer.workspaceId, releaseId, file)),
    });
    await recordAudit(tx, viewer, {
      action: 'release.frozen',
      subjectType: 'release',
      subjectId: releaseId,
      data: {
        files: files.map(({ format, split, file }) => ({
          format,
          split,
          rows: file.rows,
          sha256: file.sha256,
        })),
      },
    });
    await announce(tx, viewer, 'release.frozen', async () => {
      const release = await tx.release.findUniqueOrThrow({
        where: { id: releaseId },
        select: { datasetId: true, number: true },
      });
      return { ...release, releaseId, files: files.length };
    });
  });
}
