import 'server-only';
import { recordAudit } from '@/lib/audit/audit-mutations';
import type { Tx } from '@/lib/db';
import { findLastVote } from '@/lib/proofs/ballot-store';
import { announceDecision } from '@/lib/proofs/decision-mutations';
import type { Viewer } from '@/lib/session';

/**
 * Closes an open proof in the transaction of whoever holds it: from now on the result stays as it
 * is, and the report tells who was on which side. False where it was not open.
 */
export async function closeOpenProof(tx: Tx, viewer: Viewer, proofId: string): Promise<boolean> {
  const { count } = await tx.proof.updateMany({
    where: { id: proofId, workspaceId: viewer.workspaceId, state: 'open' },
    data: { state: 'closed', closedAt: new Date() },
  });
  if (count === 0) return false;
  // Says nothing of how anybody voted, and no vote can be changed any more without its being seen.
  const last = await findLastVote(tx, proofId);
  await recordAudit(tx, viewer, {
    action: 'proof.closed',
    subjectType: 'proof',
    subjectId: proofId,
    data: { lastVote: last?.hash ?? null },
  });
  await announceDecision(tx, viewer, proofId, 'closing');
  return true;
}
