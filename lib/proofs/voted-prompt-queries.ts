import 'server-only';
import type { Tx } from '@/lib/db';
import { findOpenVotes } from '@/lib/proofs/look-queries';
import { isNearDuplicate } from '@/lib/releases/near-duplicates';
import type { Viewer } from '@/lib/session';

/**
 * Whether a prompt is, or nearly is, one of a proof that shares examples with a model and that
 * this person may still vote on: its answers with their names would be recognised there.
 */
export async function isVotedPrompt(
  tx: Tx,
  viewer: Viewer,
  { modelId, prompt }: { modelId: string; prompt: string },
): Promise<boolean> {
  const proofs = await findOpenVotes(viewer, modelId, tx);
  if (proofs.length === 0) return false;
  const rows = await tx.$queryRaw<{ prompt: string }[]>`
    SELECT DISTINCT r."promptText" AS "prompt" FROM "ProofItem" i
    JOIN "Revision" r ON r."id" = i."revisionId"
    WHERE i."proofId" = ANY(${proofs.map(({ id }) => id)}::uuid[])`;
  const isNear = isNearDuplicate(prompt);
  return rows.some((row) => isNear(row.prompt));
}
