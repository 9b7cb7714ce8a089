import 'server-only';
import { Prisma, type Tx } from '@/lib/db';
import { MAX_SHOWN } from '@/lib/lineage/person-schema';
import { holdsOf, type Search } from '@/lib/lineage/person-search';

const { sql } = Prisma;

/**
 * What holds the text and is not erased, since it is the workspace's own word or would be lost by
 * it: a person changes it. `uploadIds`: files that wait to be imported.
 */
export async function findByHand(tx: Tx, search: Search, uploadIds: readonly string[]) {
  const { workspaceId } = search;
  const { inText, inJson } = holdsOf(search);
  const briefs = await tx.$queryRaw<
    { id: string; version: number; datasetId: string; dataset: string; isLatest: boolean }[]
  >`
    SELECT b."id", b."version", b."datasetId", d."name" AS "dataset",
      b."version" = (SELECT max(x."version") FROM "Brief" x WHERE x."datasetId" = b."datasetId") AS "isLatest"
    FROM "Brief" b JOIN "Dataset" d ON d."id" = b."datasetId"
    WHERE b."workspaceId" = ${workspaceId}::uuid AND (${inText(sql`b."task"`)} OR ${inText(sql`b."systemPrompt"`)}
      OR ${inText(sql`b."guidelines"`)} OR ${inJson(sql`to_jsonb(b."slots")`)} OR ${inJson(sql`b."rules"`)})
    ORDER BY d."name", b."version" DESC LIMIT ${MAX_SHOWN}`;
  const datasets = await tx.$queryRaw<{ id: string; name: string }[]>`
    SELECT "id", "name" FROM "Dataset" WHERE "workspaceId" = ${workspaceId}::uuid AND ${inText(sql`"name"`)}
    ORDER BY "name" LIMIT ${MAX_SHOWN}`;
  const models = await tx.$queryRaw<{ id: string; name: string }[]>`
    SELECT "id", "name" FROM "Model" WHERE "workspaceId" = ${workspaceId}::uuid AND ${inText(sql`"name"`)}
    ORDER BY "name", "id" LIMIT ${MAX_SHOWN}`;
  const uploads = await tx.import.findMany({
    where: { id: { in: [...uploadIds] }, workspaceId },
    orderBy: { id: 'asc' },
    take: MAX_SHOWN,
    select: { id: true, fileName: true, datasetId: true },
  });
  return { briefs, datasets, models, uploads };
}
export type ByHand = Awaited<ReturnType<typeof findByHand>>;
