import 'server-only';
import { Prisma } from '@/lib/db';

/**
 * CTEs that tell what people wrote in the dataset of a release: any revision, their own or shared,
 * whether it was released or not. A topic is one that the example has today, or had when the proof
 * began. What lies in the bin was taken back and taught nothing. For `wroteNothingOf`.
 */
export const writtenCtes = (input: {
  releaseId: string;
  /** Absent where no proof has begun: topics and groups are those of today. */
  proofId: string | null;
  userIds: readonly string[];
}) => Prisma.sql`
  wrote AS (
    SELECT DISTINCT w."userId", e."topic", e."groupKey", g."topic" AS "frozenTopic", g."groupNumber"
    FROM "Release" rel
    JOIN "Example" e ON e."datasetId" = rel."datasetId" AND e."binnedAt" IS NULL
    JOIN "Revision" r ON r."exampleId" = e."id"
    CROSS JOIN LATERAL (VALUES (r."authorId"), (r."coAuthorId")) w("userId")
    LEFT JOIN "ProofItem" g ON g."exampleId" = e."id" AND g."proofId" = ${input.proofId}::uuid
    WHERE rel."id" = ${input.releaseId}::uuid AND w."userId" = ANY(${input.userIds}::uuid[])
      AND (r."authorId" = ANY(${input.userIds}::uuid[]) OR r."coAuthorId" = ANY(${input.userIds}::uuid[]))
  ), wrote_topic AS (
    SELECT "userId", "topic" FROM wrote WHERE "topic" IS NOT NULL
    UNION SELECT "userId", "frozenTopic" FROM wrote WHERE "frozenTopic" IS NOT NULL
  ), wrote_group AS (
    SELECT DISTINCT "userId", "groupKey" FROM wrote WHERE "groupKey" IS NOT NULL
  ), wrote_number AS (
    SELECT DISTINCT "userId", "groupNumber" FROM wrote WHERE "groupNumber" IS NOT NULL
  )`;

/**
 * That a person (a column or value of SQL) wrote nothing of the topic or group of a row: `i` with
 * "topic" and "groupNumber" as they were frozen, `today` its example as it is now.
 */
export const wroteNothingOf = (userId: Prisma.Sql) => Prisma.sql`
  NOT EXISTS (SELECT 1 FROM wrote_topic w WHERE w."userId" = ${userId} AND w."topic" = i."topic")
  AND NOT EXISTS (SELECT 1 FROM wrote_topic w WHERE w."userId" = ${userId} AND w."topic" = today."topic")
  AND NOT EXISTS (SELECT 1 FROM wrote_group w WHERE w."userId" = ${userId} AND w."groupKey" = today."groupKey")
  AND NOT EXISTS (SELECT 1 FROM wrote_number w WHERE w."userId" = ${userId} AND w."groupNumber" = i."groupNumber")`;

/**
 * That a person (a column or value of SQL) wrote neither answer (`c`, `o`) of a row: the nearest
 * reply is one of the examples, and whoever wrote it would know it.
 */
export const wroteNoAnswer = (userId: Prisma.Sql) => Prisma.sql`NOT EXISTS (
  SELECT 1 FROM "Revision" own
  WHERE own."exampleId" = ANY(CASE 'nearest'::"ProofArm" WHEN c."arm" THEN c."sources" WHEN o."arm" THEN o."sources" END)
    AND ${userId} IN (own."authorId", own."coAuthorId"))`;
