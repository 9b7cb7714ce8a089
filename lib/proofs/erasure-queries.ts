import 'server-only';
import type { Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { loadFacts } from '@/lib/proofs/facts-queries';
import type { ProofArm } from '@/lib/proofs/proof-schema';
import type { Viewer } from '@/lib/session';

/** One answer of a proof. */
export type ProofAnswerKey = { proofId: string; exampleId: string; arm: ProofArm };

/** What is kept of an answer whose text goes, so that the verdict can still be recomputed. */
export type JudgedAnswer = ProofAnswerKey & { passes: boolean | null; whole: boolean | null };

/**
 * Locks the proofs that draw on these examples. Throws CONFLICT while one of them is being
 * answered: what a model then writes may repeat what is to be erased.
 */
export async function lockProofsOf(
  tx: Tx,
  viewer: Viewer,
  exampleIds: readonly string[],
): Promise<void> {
  const proofs = await tx.$queryRaw<{ state: string }[]>`
    SELECT p."state"::text FROM "Proof" p WHERE p."workspaceId" = ${viewer.workspaceId}::uuid AND EXISTS (
      SELECT 1 FROM "ReleaseItem" i
      WHERE i."releaseId" = p."releaseId" AND i."exampleId" = ANY(${exampleIds}::uuid[]))
    ORDER BY p."id" FOR UPDATE`;
  if (proofs.some((proof) => proof.state === 'answering'))
    throw new AppError('CONFLICT', 'lineage.errors.answering');
}

/**
 * Reads off the given answers, and off every answer about the given examples, what verdicts need.
 * To be called with the proofs locked, right before their texts are erased.
 */
export async function judgeBeforeErasure(
  tx: Tx,
  viewer: Viewer,
  input: { exampleIds: readonly string[]; answers: readonly ProofAnswerKey[] },
): Promise<JudgedAnswer[]> {
  const keys = await tx.$queryRaw<ProofAnswerKey[]>`
    SELECT a."proofId", a."exampleId", a."arm"::text AS "arm" FROM "ProofAnswer" a
    JOIN "Proof" p ON p."id" = a."proofId" AND p."workspaceId" = ${viewer.workspaceId}::uuid
    WHERE a."erasureId" IS NULL AND (a."exampleId" = ANY(${input.exampleIds}::uuid[])
      OR (a."proofId", a."exampleId", a."arm"::text) IN (
        SELECT * FROM jsonb_to_recordset(${JSON.stringify(input.answers)}::jsonb)
          AS g("proofId" uuid, "exampleId" uuid, "arm" text)))
    ORDER BY 1, 2, 3`;
  const judged: JudgedAnswer[] = [];
  for (const proofId of new Set(keys.map((key) => key.proofId))) {
    const { rows } = await loadFacts(viewer, proofId, tx);
    const byExample = new Map(rows.map((row) => [row.exampleId, row]));
    for (const key of keys.filter((one) => one.proofId === proofId)) {
      const row = byExample.get(key.exampleId);
      judged.push({
        ...key,
        passes: row?.passes[key.arm] ?? null,
        whole: row?.wholes[key.arm] ?? null,
      });
    }
  }
  return judged;
}
