import 'server-only';
import { db, Prisma } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { findLatestJob } from '@/lib/jobs';
import { findBorder, type PageInput, toPage } from '@/lib/paging';
import { assertCan } from '@/lib/permissions';
import { findReleaseBrief } from '@/lib/releases/release-brief';
import { loadCandidates, loadExclusions } from '@/lib/releases/release-candidates';
import { countExclusions, planRelease } from '@/lib/releases/release-plan';
import {
  type ExclusionReason,
  type PlannedReason,
  type ReleaseCounts,
  releaseCountsSchema,
  type Split,
} from '@/lib/releases/release-schema';
import type { Viewer } from '@/lib/session';

const LIST_LIMIT = 200;

const parseCounts = (counts: unknown): ReleaseCounts | null =>
  counts === null ? null : releaseCountsSchema.parse(counts);

/** What the next release of a dataset would hold, and what it would leave out. Changes nothing. */
export async function previewRelease(
  viewer: Viewer,
  datasetId: string,
  options: { reserveMore?: boolean } = {},
) {
  assertCan(viewer, 'release:read');
  return db.$transaction(
    async (tx) => {
      const dataset = await tx.dataset.findFirst({
        where: { id: datasetId, workspaceId: viewer.workspaceId },
        select: { splitSeed: true, nextRelease: true },
      });
      if (!dataset) throw new AppError('NOT_FOUND');
      const brief = await findReleaseBrief(tx, datasetId);
      const candidates = await loadCandidates(tx, datasetId);
      const plan = planRelease(candidates, dataset.splitSeed, brief.approved?.id ?? '', options);
      const exclusions = await loadExclusions(tx, datasetId, plan);
      const list = (ids: ReadonlySet<string>) =>
        candidates
          .filter(({ id }) => ids.has(id))
          .slice(0, LIST_LIMIT)
          .map(({ id, number }) => ({ id, number }));
      const placedBefore = candidates.filter(
        (candidate) => candidate.eligible && candidate.split !== null,
      ).length;
      return {
        number: dataset.nextRelease,
        approvedBrief: brief.approved,
        newestBriefVersion: brief.newestVersion,
        tokenBriefVersion: brief.byTokenVersion,
        refusal: plan.refusal,
        counts: { ...plan.counts, excluded: countExclusions(exclusions) } satisfies ReleaseCounts,
        placedBefore,
        /** For what only the plan knows: at most 200 of each, lowest number first. */
        lists: {
          split_conflict: list(plan.conflicts),
          seen_in_proof: list(plan.seen.out),
          approved_by_token: list(plan.byToken),
          retired: list(plan.seen.retired),
          fresh: list(plan.seen.fresh),
          staying: list(plan.seen.staying),
        },
        heldOutIds: plan.items.flatMap(({ split, exampleId }) =>
          split === 'held_out' ? exampleId : [],
        ),
      };
    },
    { isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead, timeout: 60_000 },
  );
}

/** The examples of a preview's or release's group, as short rows: at most 200, lowest number first. */
export async function findExcludedExamples(
  viewer: Viewer,
  input: { datasetId: string; reason: Exclude<ExclusionReason, PlannedReason> },
) {
  assertCan(viewer, 'release:read');
  const blocker = { findings: { some: { severity: 'blocker' as const, state: 'open' as const } } };
  return db.example.findMany({
    where: {
      datasetId: input.datasetId,
      workspaceId: viewer.workspaceId,
      binnedAt: null,
      ...(input.reason === 'blocker'
        ? { status: 'approved', ...blocker }
        : { status: input.reason }),
    },
    orderBy: { number: 'asc' },
    take: LIST_LIMIT,
    select: { id: true, number: true, topic: true, status: true },
  });
}

const releaseSelect = {
  id: true,
  number: true,
  state: true,
  counts: true,
  note: true,
  createdAt: true,
  frozenAt: true,
  createdById: true,
} satisfies Prisma.ReleaseSelect;

async function countWithdrawn(releaseIds: string[]): Promise<Map<string, number>> {
  if (releaseIds.length === 0) return new Map();
  const rows = await db.$queryRaw<{ releaseId: string; count: number }[]>`
    SELECT i."releaseId", count(*)::int AS "count"
    FROM "ReleaseItem" i JOIN "Review" w ON w."withdrawsId" = i."reviewId"
    WHERE i."releaseId" = ANY(${releaseIds}::uuid[]) GROUP BY 1`;
  return new Map(rows.map((row) => [row.releaseId, row.count]));
}

/** The newest releases of a dataset, newest first: at most 200. */
export async function findReleases(viewer: Viewer, datasetId: string) {
  return (await findReleasePage(viewer, datasetId, { limit: LIST_LIMIT, after: null })).rows;
}

/** The same, page by page. */
export async function findReleasePage(
  viewer: Viewer,
  datasetId: string,
  { limit, after }: PageInput,
) {
  assertCan(viewer, 'release:read');
  const scope = { datasetId, workspaceId: viewer.workspaceId };
  const border = await findBorder(after, (id) =>
    db.release.findFirst({ where: { ...scope, id }, select: { number: true } }),
  );
  const releases = await db.release.findMany({
    where: { ...scope, ...(border ? { number: { lt: border.number } } : {}) },
    orderBy: { number: 'desc' },
    take: limit + 1,
    select: releaseSelect,
  });
  const { rows, next } = toPage(releases, limit);
  const withdrawn = await countWithdrawn(rows.map((release) => release.id));
  return {
    rows: rows.map((release) => ({
      ...release,
      counts: parseCounts(release.counts),
      withdrawn: withdrawn.get(release.id) ?? 0,
    })),
    next,
  };
}

/** One release by its number, with its files and its latest job. */
export async function getRelease(viewer: Viewer, input: { datasetId: string; number: number }) {
  assertCan(viewer, 'release:read');
  const release = await db.release.findFirst({
    where: { datasetId: input.datasetId, number: input.number, workspaceId: viewer.workspaceId },
    select: {
      ...releaseSelect,
      datasetId: true,
      brief: { select: { id: true, version: true } },
      exports: {
        orderBy: [{ format: 'asc' }, { split: 'asc' }],
        select: { format: true, split: true, bytes: true, rows: true, sha256: true },
      },
      runs: {
        orderBy: { number: 'desc' },
        select: { id: true, number: true, state: true, createdAt: true },
      },
    },
  });
  if (!release) throw new AppError('NOT_FOUND');
  const [withdrawn, job, creator] = await Promise.all([
    countWithdrawn([release.id]),
    findLatestJob(viewer, release.id),
    db.user.findUnique({ where: { id: release.createdById }, select: { name: true } }),
  ]);
  return {
    ...release,
    exports: release.exports.map((file) => ({ ...file, bytes: Number(file.bytes) })),
    counts: parseCounts(release.counts),
    withdrawn: withdrawn.get(release.id) ?? 0,
    job,
    createdBy: creator?.name ?? '',
  };
}

/** The rows of a frozen release, a page of 50 by position. Held-out replies are part of it: reviewers approved them. */
export async function findReleaseItems(
  viewer: Viewer,
  input: { releaseId: string; split: Split; from: number },
) {
  assertCan(viewer, 'release:read');
  const items = await db.$queryRaw<
    {
      position: number;
      exampleId: string;
      number: number;
      topic: string | null;
      prompt: string;
      reply: string;
      replyKnown: boolean;
      reviewer: string;
    }[]
  >`
    SELECT i."position", i."exampleId", e."number", e."topic", left(r."promptText", 300) AS "prompt",
           left(r."replyText", 300) AS "reply", i."replyKnown", u."name" AS "reviewer"
    FROM "ReleaseItem" i
    JOIN "Release" rel ON rel."id" = i."releaseId"
    JOIN "Example" e ON e."id" = i."exampleId"
    JOIN "Revision" r ON r."id" = i."revisionId"
    JOIN "Review" v ON v."id" = i."reviewId"
    JOIN "User" u ON u."id" = v."reviewerId"
    WHERE i."releaseId" = ${input.releaseId}::uuid AND rel."workspaceId" = ${viewer.workspaceId}::uuid
      AND i."split" = ${input.split}::"Split" AND i."position" >= ${input.from} AND i."position" < ${input.from + 50}
    ORDER BY i."position"`;
  return items;
}

/** The workspace of a release, for addresses that name only the release. */
export async function findReleaseWorkspace(releaseId: string): Promise<string | null> {
  const release = await db.release.findUnique({
    where: { id: releaseId },
    select: { workspaceId: true },
  });
  return release?.workspaceId ?? null;
}
