import 'server-only';
import { recordAudit } from '@/lib/audit/audit-mutations';
import type { Tx } from '@/lib/db';
import { loadFacts } from '@/lib/proofs/facts-queries';
import { judgeProof } from '@/lib/proofs/judge';
import type { Viewer } from '@/lib/session';
import { announce } from '@/lib/webhooks/announce-mutations';

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
  await recordAudit(tx, viewer, {
    action: 'proof.closed',
    subjectType: 'proof',
    subjectId: proofId,
  });
  await announce(tx, viewer, 'proof.decided', () => decidedFacts(tx, viewer, proofId));
  return true;
}

async function decidedFacts(tx: Tx, viewer: Viewer, proofId: string) {
  const proof = await tx.proof.findUniqueOrThrow({
    where: { id: proofId },
    select: { modelId: true, releaseId: true },
  });
  const { facts } = await loadFacts(viewer, proofId, tx);
  const verdicts = judgeProof(facts).map(({ part, verdict }) => ({
    part,
    verdict: verdict.verdict,
  }));
  return { proofId, ...proof, verdicts };
}
