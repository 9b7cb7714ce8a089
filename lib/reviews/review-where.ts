import 'server-only';
import { Prisma } from '@/lib/db';
import type { QueueFilter } from '@/lib/reviews/review-schema';
import type { Viewer } from '@/lib/session';

/** SQL on Example as `e`: what waits in the queue of a dataset, by the filter. */
export function queueWhere(
  viewer: Viewer,
  input: Pick<QueueFilter, 'topic'> & { datasetId: string },
): Prisma.Sql {
  const topic =
    input.topic === null
      ? Prisma.sql`TRUE`
      : input.topic === ''
        ? Prisma.sql`(e."topic" IS NULL OR e."topic" = '')`
        : Prisma.sql`e."topic" = ${input.topic}`;
  return Prisma.sql`e."workspaceId" = ${viewer.workspaceId}::uuid AND e."datasetId" = ${input.datasetId}::uuid
    AND e."status" = 'in_review' AND e."binnedAt" IS NULL AND ${topic}`;
}

/**
 * SQL on Example as `e`: four eyes allow this person to approve the current revision. Says the
 * same as approvalObstacle and as the trigger review_guard.
 */
export function mayApprove(userId: string): Prisma.Sql {
  // Scalar subqueries stay per row, over the index on (exampleId, ordinal); an anti-join would
  // read every revision of the installation.
  return Prisma.sql`e."authorId" <> ${userId}::uuid AND coalesce((
      SELECT max(rev."ordinal") FROM "Revision" rev
      WHERE rev."exampleId" = e."id" AND (rev."authorId" = ${userId}::uuid OR rev."coAuthorId" = ${userId}::uuid)), 0)
    <= coalesce((
      SELECT max(approved."ordinal")
      FROM "Review" r JOIN "Revision" approved ON approved."id" = r."revisionId"
      WHERE r."exampleId" = e."id" AND r."decision" = 'approve' AND r."reviewerId" <> ${userId}::uuid
        AND NOT EXISTS (SELECT 1 FROM "Review" w WHERE w."withdrawsId" = r."id")), 0)`;
}
