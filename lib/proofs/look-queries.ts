import 'server-only';
import { db, type Tx } from '@/lib/db';
import { assertCan, can } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';

/**
 * The proofs that this person may still vote on and that share held-out examples with a model:
 * whoever sees the model's answers with their names would recognise them there.
 */
export async function findOpenVotes(
  viewer: Viewer,
  modelId: string,
  client: Tx = db,
): Promise<{ id: string; modelId: string; datasetId: string }[]> {
  assertCan(viewer, 'model:read');
  if (!can(viewer.role, 'proof:vote')) return [];
  return client.$queryRaw<{ id: string; modelId: string; datasetId: string }[]>`
    SELECT p."id", p."modelId", rel."datasetId" FROM "Proof" p JOIN "Release" rel ON rel."id" = p."releaseId"
    JOIN "ProofPlan" plan ON plan."id" = p."planId"
    WHERE p."workspaceId" = ${viewer.workspaceId}::uuid AND p."state" IN ('answering', 'open')
      AND plan."measure" = 'blind_votes'
      AND EXISTS (
        SELECT 1 FROM "Model" m JOIN "Run" run ON run."id" = m."runId"
        JOIN "ReleaseItem" i ON i."releaseId" = run."releaseId" AND i."split" = 'held_out'
        JOIN "ProofItem" pi ON pi."exampleId" = i."exampleId" AND pi."proofId" = p."id"
        WHERE m."id" = ${modelId}::uuid AND m."workspaceId" = ${viewer.workspaceId}::uuid)
      AND NOT EXISTS (
        SELECT 1 FROM "HeldOutLook" l
        WHERE l."proofId" = p."id" AND l."userId" = ${viewer.userId}::uuid AND l."kind" = 'labelled_answers')
    ORDER BY p."id"`;
}

/**
 * Whether this person may still vote on a proof. How its vote stands is kept from them: who sees
 * it after each of their votes can tell the sides.
 */
export async function mayStillVote(viewer: Viewer, proofId: string): Promise<boolean> {
  assertCan(viewer, 'proof:read');
  if (!can(viewer.role, 'proof:vote')) return false;
  const proof = await db.proof.findFirst({
    where: {
      id: proofId,
      workspaceId: viewer.workspaceId,
      state: 'open',
      plan: { measure: 'blind_votes' },
      looks: { none: { userId: viewer.userId, kind: 'labelled_answers' } },
    },
    select: { id: true },
  });
  return proof !== null;
}
