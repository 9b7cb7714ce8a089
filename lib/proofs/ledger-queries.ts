import 'server-only';
import { db, type Tx } from '@/lib/db';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';

/**
 * The how-many-th judgement on these held-out examples the next proof of a model is: every other
 * model whose answers to any of them were measured counts, and every earlier proof of this one.
 * `id` is null for a model that is still to be trained. A shared example is enough, so that a set that grew a little is no fresh set.
 */
export async function countJudgements(
  tx: Tx,
  model: { id: string | null; releaseId: string },
): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    WITH own AS (
      SELECT "exampleId" FROM "ReleaseItem" WHERE "releaseId" = ${model.releaseId}::uuid AND "split" = 'held_out'
    )
    SELECT 1 + (
      SELECT count(DISTINCT m."id") FROM "Model" m JOIN "Run" run ON run."id" = m."runId"
      WHERE m."id" IS DISTINCT FROM ${model.id}::uuid AND EXISTS (
        SELECT 1 FROM "ReleaseItem" i JOIN own USING ("exampleId")
        WHERE i."releaseId" = run."releaseId" AND i."split" = 'held_out')
    )::int + (SELECT count(*) FROM "Proof" WHERE "modelId" = ${model.id}::uuid)::int AS "count"`;
  return row?.count ?? 1;
}

export type LedgerEntry = {
  at: Date;
  kind: 'measured' | 'judged' | 'labelled_answers';
  runNumber: number;
  person: string;
  proofId: string | null;
  runOrdinal: number | null;
};

/** Every look at the held-out examples of a dataset, by run and person, newest first. */
export async function findLedger(viewer: Viewer, datasetId: string): Promise<LedgerEntry[]> {
  assertCan(viewer, 'proof:read');
  return db.$queryRaw<LedgerEntry[]>`
    SELECT * FROM (
      SELECT m."createdAt" AS "at", 'measured' AS "kind", run."number" AS "runNumber", u."name" AS "person",
             NULL::uuid AS "proofId", NULL::int AS "runOrdinal"
      FROM "Model" m JOIN "Run" run ON run."id" = m."runId" JOIN "Release" rel ON rel."id" = run."releaseId"
      JOIN "User" u ON u."id" = run."createdById"
      WHERE rel."datasetId" = ${datasetId}::uuid AND rel."workspaceId" = ${viewer.workspaceId}::uuid
      UNION ALL
      SELECT l."at", l."kind"::text, run."number", u."name", l."proofId", p."runOrdinal"
      FROM "HeldOutLook" l JOIN "Model" m ON m."id" = l."modelId" JOIN "Run" run ON run."id" = m."runId"
      JOIN "User" u ON u."id" = l."userId" LEFT JOIN "Proof" p ON p."id" = l."proofId"
      WHERE l."datasetId" = ${datasetId}::uuid AND l."workspaceId" = ${viewer.workspaceId}::uuid
    ) looks ORDER BY "at" DESC, "kind" LIMIT 200`;
}
