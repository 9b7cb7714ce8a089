import 'server-only';
import { Prisma, type Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';
import type { EraseJobInput } from '@/lib/lineage/person-schema';

const isOpen = Prisma.sql`j."state" IN ('queued', 'running')`;

/**
 * Locks the releases that hold any of the examples, so that nothing begins on them until the
 * transaction ends, and answers their ids.
 */
export async function lockReleasesOf(
  tx: Tx,
  workspaceId: string,
  exampleIds: readonly string[],
): Promise<string[]> {
  // Who starts a run holds the workspace while he waits for its release: first the one, then the other.
  await tx.$queryRaw`SELECT 1 FROM "Workspace" WHERE "id" = ${workspaceId}::uuid FOR KEY SHARE`;
  const releases = await tx.$queryRaw<{ id: string }[]>`
    SELECT r."id" FROM "Release" r WHERE r."workspaceId" = ${workspaceId}::uuid AND EXISTS (
      SELECT 1 FROM "ReleaseItem" i WHERE i."releaseId" = r."id" AND i."exampleId" = ANY(${exampleIds}::uuid[]))
    ORDER BY r."id" FOR UPDATE`;
  return releases.map(({ id }) => id);
}

/** Something that has begun and reads what is to be erased, with the sentence that names it. */
type OpenWork = {
  what: 'training' | 'measuring' | 'askingSet' | 'freezing' | 'importing' | 'asking';
  number: number;
};

async function findOpenWork(
  tx: Tx,
  workspaceId: string,
  touched: EraseJobInput,
  releaseIds: readonly string[],
): Promise<OpenWork | undefined> {
  const releases = Prisma.sql`ANY(${releaseIds}::uuid[])`;
  const [work] = await tx.$queryRaw<OpenWork[]>`
    SELECT 'training' AS "what", n."number" FROM "Run" n
      WHERE n."workspaceId" = ${workspaceId}::uuid AND n."releaseId" = ${releases}
        AND n."state" NOT IN ('done', 'failed', 'cancelled')
    UNION ALL SELECT 'measuring', r."number" FROM "Job" j
      JOIN "LearningCurve" c ON c."id" = j."subjectId" JOIN "Release" r ON r."id" = c."releaseId"
      WHERE j."workspaceId" = ${workspaceId}::uuid AND j."kind" = 'curve.measure' AND ${isOpen}
        AND c."releaseId" = ${releases}
    UNION ALL SELECT 'askingSet', n."number" FROM "Job" j
      JOIN "Model" m ON m."id" = j."subjectId" JOIN "Run" n ON n."id" = m."runId"
      WHERE j."workspaceId" = ${workspaceId}::uuid AND j."kind" = 'regression.ask' AND ${isOpen}
        AND (n."releaseId" = ${releases} OR ${touched.regressionItemIds.length > 0})
    UNION ALL SELECT 'freezing', r."number" FROM "Release" r
      WHERE r."workspaceId" = ${workspaceId}::uuid AND r."state" = 'freezing' AND r."datasetId" IN (
        SELECT e."datasetId" FROM "Example" e
        WHERE e."id" = ANY(${touched.exampleIds}::uuid[]) AND e."status" = 'approved')
    UNION ALL SELECT 'importing', count(*)::int FROM "Import" i
      WHERE i."workspaceId" = ${workspaceId}::uuid AND i."id" = ANY(${touched.importIds}::uuid[])
        AND i."state" IN ('checking', 'importing', 'undoing') HAVING count(*) > 0
    UNION ALL SELECT 'asking', count(*)::int FROM "Job" j
      WHERE j."workspaceId" = ${workspaceId}::uuid AND j."id" = ANY(${touched.jobIds}::uuid[]) AND ${isOpen}
      HAVING count(*) > 0
    LIMIT 1`;
  return work;
}

/**
 * Throws CONFLICT while anything is under way that has read what is to be erased, or will: it
 * would go on with the texts, or write them again. To be called with the releases locked.
 */
export async function assertNothingReads(
  tx: Tx,
  workspaceId: string,
  touched: EraseJobInput,
  releaseIds: readonly string[],
): Promise<void> {
  const work = await findOpenWork(tx, workspaceId, touched, releaseIds);
  if (work)
    throw new AppError('CONFLICT', `lineage.errors.open.${work.what}`, { number: work.number });
}
