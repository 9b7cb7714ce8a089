import 'server-only';
import type { Tx } from '@/lib/db';
import { newsOf } from '@/lib/proofs/decision-rules';
import { loadFacts } from '@/lib/proofs/facts-queries';
import { judgeProof } from '@/lib/proofs/judge';
import type { Viewer } from '@/lib/session';
import { announce, isListenedTo } from '@/lib/webhooks/announce-mutations';

/**
 * Tells webhooks the verdicts of a proof where one of them is news (`newsOf`), and notes it. Call
 * it in the transaction that decides, which holds the row of the proof: those who would tell the
 * same wait there. Judges anew, so it is cheap only where nobody listens.
 */
export async function announceDecision(
  tx: Tx,
  viewer: Viewer,
  proofId: string,
  when: 'open' | 'closing',
): Promise<void> {
  if (!(await isListenedTo(tx, viewer, 'proof.decided'))) return;
  const told = await tx.proofAnnouncement.findMany({
    where: { proofId },
    select: { part: true, verdict: true },
  });
  const { facts } = await loadFacts(viewer, proofId, tx);
  const verdicts = judgeProof(facts).map(({ part, verdict }) => ({
    part,
    verdict: verdict.verdict,
  }));
  const news = newsOf(verdicts, told, when);
  if (news.length === 0) return;
  const { workspaceId } = viewer;
  await tx.proofAnnouncement.createMany({
    data: news.map((one) => ({ ...one, proofId, workspaceId, atClosing: when === 'closing' })),
  });
  const proof = await tx.proof.findUniqueOrThrow({
    where: { id: proofId },
    select: { modelId: true, releaseId: true },
  });
  const { candidate } = facts.plan;
  await announce(tx, viewer, 'proof.decided', () => ({ proofId, ...proof, candidate, verdicts }));
}
