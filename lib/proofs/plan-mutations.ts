import 'server-only';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { assertCan } from '@/lib/permissions';
import { planCommitment } from '@/lib/proofs/proof-commitment';
import { ofKind } from '@/lib/proofs/proof-queries';
import { isPossiblePair, type PlanInput } from '@/lib/proofs/proof-schema';
import type { Viewer } from '@/lib/session';

/**
 * Writes down what will count as good enough, with its hash in the record. The same plan as the
 * one in force of its kind makes no new one; another plan leads to another proof. Throws INVALID
 * where it names two that cannot be compared.
 */
export async function createPlan(
  viewer: Viewer,
  input: PlanInput,
): Promise<{ id: string; commitment: string }> {
  assertCan(viewer, 'proof:create');
  if (!isPossiblePair(input)) throw new AppError('INVALID', 'proofs.errors.pair');
  const { releaseId, measure, barOf100, marginOf100, votesPerPrompt, candidate, opponent } = input;
  const commitment = planCommitment(input);
  const sealed = {
    releaseId,
    measure,
    barOf100,
    marginOf100,
    votesPerPrompt,
    candidate,
    opponent,
    commitment,
  };
  return db.$transaction(async (tx) => {
    // Two admins at once: the later one sees the earlier one's plan.
    const [release] = await tx.$queryRaw<{ state: string }[]>`
      SELECT "state"::text FROM "Release"
      WHERE "id" = ${releaseId}::uuid AND "workspaceId" = ${viewer.workspaceId}::uuid FOR UPDATE`;
    if (!release) throw new AppError('NOT_FOUND');
    if (release.state !== 'frozen') throw new AppError('CONFLICT', 'training.errors.notFrozen');
    const latest = await tx.proofPlan.findFirst({
      where: { releaseId, workspaceId: viewer.workspaceId, ...ofKind(candidate) },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      select: { id: true, commitment: true },
    });
    if (latest?.commitment === commitment) return latest;
    const plan = await tx.proofPlan.create({
      data: { ...sealed, workspaceId: viewer.workspaceId, createdById: viewer.userId },
      select: { id: true, commitment: true },
    });
    await recordAudit(tx, viewer, {
      action: 'proof.planned',
      subjectType: 'proof_plan',
      subjectId: plan.id,
      data: sealed,
    });
    return plan;
  });
}
