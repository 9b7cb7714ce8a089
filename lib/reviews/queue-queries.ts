import 'server-only';
import { db, Prisma } from '@/lib/db';
import { assertCan } from '@/lib/permissions';
import type { QueueFilter } from '@/lib/reviews/review-schema';
import { mayApprove, queueWhere } from '@/lib/reviews/review-where';
import type { Viewer } from '@/lib/session';

/** Past this many the queue says "more than". */
export const MAX_COUNTED = 10_000;
const NEARLY_EMPTY = 20;

export type QueueSummary = {
  /** Examples in review, by the filter, that the viewer may approve; at most MAX_COUNTED. */
  waiting: number;
  /** Of those, leased by other reviewers at this moment. */
  withOthers: number;
  /**
   * Examples in review that wait for somebody else, because the viewer contributed; capped too.
   * Counted only when the queue is nearly empty, which is when it explains something.
   */
  own: number;
  /** Other people of the workspace who may review. */
  otherReviewers: number;
  /** The viewer's decisions in this dataset that still stand, by their own days. */
  decidedToday: number;
  decidedYesterday: number;
};

type QueueInput = Pick<QueueFilter, 'topic'> & { datasetId: string; timeZone: string };

/** How much waits for the viewer and how many they decided, by their time zone. */
export async function getQueueSummary(viewer: Viewer, input: QueueInput): Promise<QueueSummary> {
  assertCan(viewer, 'review:decide');
  const [waiting, withOthers, otherReviewers, pace] = await Promise.all([
    countCapped(Prisma.sql`${queueWhere(viewer, input)} AND ${mayApprove(viewer.userId)}`),
    countWithOthers(viewer, input),
    countOtherReviewers(viewer),
    countDecided(viewer, input),
  ]);
  const own =
    waiting < NEARLY_EMPTY
      ? await countCapped(
          Prisma.sql`${queueWhere(viewer, input)} AND NOT (${mayApprove(viewer.userId)})`,
        )
      : 0;
  return { waiting, withOthers, own, otherReviewers, ...pace };
}

async function countCapped(where: Prisma.Sql): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT 1 FROM "Example" e WHERE ${where} LIMIT ${MAX_COUNTED + 1}::int) AS counted`;
  return row?.count ?? 0;
}

/** From the leases, which are few, to their examples. */
async function countWithOthers(viewer: Viewer, input: QueueInput): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM "Claim" c JOIN "Example" e ON e."id" = c."exampleId"
    WHERE c."datasetId" = ${input.datasetId}::uuid AND c."reviewerId" <> ${viewer.userId}::uuid
      AND c."expiresAt" > clock_timestamp() AND ${queueWhere(viewer, input)} AND ${mayApprove(viewer.userId)}`;
  return row?.count ?? 0;
}

async function countOtherReviewers(viewer: Viewer): Promise<number> {
  return db.member.count({
    where: {
      workspaceId: viewer.workspaceId,
      userId: { not: viewer.userId },
      role: { in: ['reviewer', 'admin'] },
      user: { disabledAt: null },
    },
  });
}

async function countDecided(viewer: Viewer, input: QueueInput) {
  const [row] = await db.$queryRaw<{ today: number; yesterday: number }[]>`
    WITH day AS (SELECT date_trunc('day', now() AT TIME ZONE ${input.timeZone}) AS start)
    SELECT count(*) FILTER (WHERE r."createdAt" >= start AT TIME ZONE ${input.timeZone})::int AS today,
      count(*) FILTER (WHERE r."createdAt" < start AT TIME ZONE ${input.timeZone})::int AS yesterday
    FROM "Review" r JOIN "Example" e ON e."id" = r."exampleId", day
    WHERE r."workspaceId" = ${viewer.workspaceId}::uuid AND r."reviewerId" = ${viewer.userId}::uuid
      AND e."datasetId" = ${input.datasetId}::uuid AND r."decision" <> 'withdraw'
      AND r."createdAt" >= (start - interval '1 day') AT TIME ZONE ${input.timeZone}
      AND NOT EXISTS (SELECT 1 FROM "Review" w WHERE w."withdrawsId" = r."id")`;
  return { decidedToday: row?.today ?? 0, decidedYesterday: row?.yesterday ?? 0 };
}

/** Topics that wait for the viewer with their counts, by name ('' = without one), for the filter. */
export async function findQueueTopics(
  viewer: Viewer,
  datasetId: string,
): Promise<{ topic: string; count: number }[]> {
  assertCan(viewer, 'review:decide');
  return db.$queryRaw<{ topic: string; count: number }[]>`
    SELECT waiting.topic, count(*)::int AS count FROM (
      SELECT coalesce(e."topic", '') AS topic FROM "Example" e
      WHERE ${queueWhere(viewer, { datasetId, topic: null })} AND ${mayApprove(viewer.userId)}
      LIMIT ${MAX_COUNTED}::int) AS waiting
    GROUP BY waiting.topic ORDER BY waiting.topic LIMIT 500`;
}

export type MyDecision = {
  reviewId: string;
  exampleId: string;
  number: number;
  decision: 'approve' | 'correct' | 'send_back';
  at: string;
  withdrawn: boolean;
  /** Whether `withdraw` would take it back now. */
  canWithdraw: boolean;
  prompt: string;
};

/** The viewer's own decisions of today in a dataset, newest first, at most 50. */
export async function findMyDecisions(
  viewer: Viewer,
  input: { datasetId: string; timeZone: string },
): Promise<MyDecision[]> {
  assertCan(viewer, 'review:decide');
  const rows = await db.$queryRaw<(Omit<MyDecision, 'at'> & { at: Date })[]>`
    SELECT r."id" AS "reviewId", e."id" AS "exampleId", e."number", r."decision"::text AS decision,
      r."createdAt" AS at, w."id" IS NOT NULL AS withdrawn,
      w."id" IS NULL AND (r."decision" = 'approve' OR (r."decision" = 'send_back'
        AND e."status" = 'sent_back' AND e."currentRevisionId" = r."revisionId")) AS "canWithdraw",
      left(rev."promptText", 160) AS prompt
    FROM "Review" r
      JOIN "Example" e ON e."id" = r."exampleId"
      JOIN "Revision" rev ON rev."id" = r."revisionId"
      LEFT JOIN "Review" w ON w."withdrawsId" = r."id"
    WHERE r."workspaceId" = ${viewer.workspaceId}::uuid AND r."reviewerId" = ${viewer.userId}::uuid
      AND e."datasetId" = ${input.datasetId}::uuid AND e."binnedAt" IS NULL AND r."decision" <> 'withdraw'
      AND r."createdAt" >= date_trunc('day', now() AT TIME ZONE ${input.timeZone}) AT TIME ZONE ${input.timeZone}
    ORDER BY r."createdAt" DESC, r."id" DESC LIMIT 50`;
  return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
}

/** The viewer's own latest reasons for sending back in this dataset, without repetitions. */
export async function findRecentReasons(viewer: Viewer, datasetId: string): Promise<string[]> {
  assertCan(viewer, 'review:decide');
  const rows = await db.$queryRaw<{ reason: string }[]>`
    SELECT reason FROM (
      SELECT r."reason" AS reason, max(r."createdAt") AS at
      FROM "Review" r JOIN "Example" e ON e."id" = r."exampleId"
      WHERE r."workspaceId" = ${viewer.workspaceId}::uuid AND r."reviewerId" = ${viewer.userId}::uuid
        AND e."datasetId" = ${datasetId}::uuid AND r."decision" = 'send_back'
        AND r."createdAt" > now() - interval '30 days' AND length(r."reason") <= 200
      GROUP BY r."reason") AS recent
    ORDER BY at DESC LIMIT 5`;
  return rows.map((row) => row.reason);
}
