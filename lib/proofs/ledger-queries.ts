import 'server-only';
import { db, type Tx } from '@/lib/db';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';

/**
 * The how-many-th judgement on these held-out examples the next proof is. Every earlier proof of
 * this model and every one that shares an example counts, and every other model that was measured
 * on any of them and has no such proof; and it comes after each proof that shares an example, so
 * that the levels of all proofs on one example add up to at most α. `id` is null for a model that
 * is still to be trained. One shared example is enough: a set that grew a little is no fresh set.
 * Whoever begins a proof holds the releases of the dataset.
 */
export async function countJudgements(
  tx: Tx,
  model: { id: string | null; heldOutIds: readonly string[] },
): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    WITH own AS (
      SELECT unnest(${model.heldOutIds}::uuid[]) AS "exampleId"
    ), judged AS (
      SELECT p."id", p."modelId", p."runOrdinal" FROM "Proof" p
      WHERE p."modelId" = ${model.id}::uuid
        OR p."id" IN (SELECT i."proofId" FROM "ProofItem" i JOIN own USING ("exampleId"))
    ), measured AS (
      SELECT m."id" FROM "Model" m JOIN "Run" run ON run."id" = m."runId"
      WHERE m."id" IS DISTINCT FROM ${model.id}::uuid AND run."releaseId" IN (
          SELECT i."releaseId" FROM "ReleaseItem" i JOIN own USING ("exampleId") WHERE i."split" = 'held_out')
        AND NOT EXISTS (SELECT 1 FROM judged j WHERE j."modelId" = m."id")
    )
    SELECT 1 + greatest(
      (SELECT count(*) FROM judged) + (SELECT count(*) FROM measured),
      (SELECT coalesce(max("runOrdinal"), 0) FROM judged))::int AS "count"`;
  return row?.count ?? 1;
}

/** The how-many-th judgement the first proof on examples of a dataset would be, were it begun now. */
export async function findNextJudgement(
  viewer: Viewer,
  heldOutIds: readonly string[],
): Promise<number> {
  assertCan(viewer, 'proof:read');
  return db.$transaction(async (tx) => {
    // Ids of another workspace say nothing here.
    const own = await tx.$queryRaw<{ id: string }[]>`
      SELECT "id" FROM "Example"
      WHERE "id" = ANY(${heldOutIds}::uuid[]) AND "workspaceId" = ${viewer.workspaceId}::uuid`;
    return countJudgements(tx, { id: null, heldOutIds: own.map(({ id }) => id) });
  });
}

export type LedgerEntry = {
  at: Date;
  kind: 'measured' | 'judged' | 'labelled_answers' | 'curve';
  runNumber: number;
  person: string;
  proofId: string | null;
  runOrdinal: number | null;
};

/** How many seen examples left the held-out set with a release, and how many came in for the first time. */
export type LedgerRetirement = { releaseNumber: number; retired: number; fresh: number };

export type Ledger = { looks: LedgerEntry[]; retirements: LedgerRetirement[] };

/** What happened to the held-out examples of a dataset, newest first: looks by run and person, and what retired. */
export async function findLedger(viewer: Viewer, datasetId: string): Promise<Ledger> {
  assertCan(viewer, 'proof:read');
  const [looks, retirements] = await Promise.all([
    findLooks(viewer, datasetId),
    findRetirements(viewer, datasetId),
  ]);
  return { looks, retirements };
}

async function findRetirements(viewer: Viewer, datasetId: string): Promise<LedgerRetirement[]> {
  return db.$queryRaw<LedgerRetirement[]>`
    SELECT "number" AS "releaseNumber", ("counts" #>> '{seen,retired}')::int AS "retired",
           ("counts" #>> '{seen,fresh}')::int AS "fresh"
    FROM "Release"
    WHERE "datasetId" = ${datasetId}::uuid AND "workspaceId" = ${viewer.workspaceId}::uuid
      AND ("counts" #>> '{seen,retired}')::int > 0
    ORDER BY "number" DESC LIMIT 200`;
}

async function findLooks(viewer: Viewer, datasetId: string): Promise<LedgerEntry[]> {
  return db.$queryRaw<LedgerEntry[]>`
    SELECT * FROM (
      SELECT m."createdAt" AS "at", 'measured' AS "kind", run."number" AS "runNumber", u."name" AS "person",
             NULL::uuid AS "proofId", NULL::int AS "runOrdinal"
      FROM "Model" m JOIN "Run" run ON run."id" = m."runId" JOIN "Release" rel ON rel."id" = run."releaseId"
      JOIN "User" u ON u."id" = run."createdById"
      WHERE rel."datasetId" = ${datasetId}::uuid AND rel."workspaceId" = ${viewer.workspaceId}::uuid
      UNION ALL
      SELECT c."createdAt", 'curve', run."number", u."name", NULL, NULL
      FROM "LearningCurve" c JOIN "Release" rel ON rel."id" = c."releaseId"
      JOIN "Model" m ON m."id" = c."modelId" JOIN "Run" run ON run."id" = m."runId"
      JOIN "User" u ON u."id" = c."createdById"
      WHERE rel."datasetId" = ${datasetId}::uuid AND c."workspaceId" = ${viewer.workspaceId}::uuid
      UNION ALL
      SELECT l."at", l."kind"::text, run."number", u."name", l."proofId", p."runOrdinal"
      FROM "HeldOutLook" l JOIN "Model" m ON m."id" = l."modelId" JOIN "Run" run ON run."id" = m."runId"
      JOIN "User" u ON u."id" = l."userId" LEFT JOIN "Proof" p ON p."id" = l."proofId"
      WHERE l."datasetId" = ${datasetId}::uuid AND l."workspaceId" = ${viewer.workspaceId}::uuid
    ) looks ORDER BY "at" DESC, "kind" LIMIT 200`;
}
