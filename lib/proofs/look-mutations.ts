import 'server-only';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db, type Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { recordHeldOutView } from '@/lib/models/model-mutations';
import { findAnswers, type HeldOutAnswer } from '@/lib/models/model-queries';
import { assertCan } from '@/lib/permissions';
import { findOpenVotes } from '@/lib/proofs/look-queries';
import type { Viewer } from '@/lib/session';

/** Ends a person's voting on proofs, because they see whose answers they are; once per proof. */
async function recordLooks(
  tx: Tx,
  viewer: Viewer,
  proofs: readonly { id: string; modelId: string; datasetId: string }[],
): Promise<void> {
  for (const proof of proofs) {
    const known = await tx.heldOutLook.findFirst({
      where: { proofId: proof.id, userId: viewer.userId, kind: 'labelled_answers' },
      select: { id: true },
    });
    if (known) continue;
    await tx.heldOutLook.create({
      data: {
        workspaceId: viewer.workspaceId,
        datasetId: proof.datasetId,
        modelId: proof.modelId,
        proofId: proof.id,
        userId: viewer.userId,
        kind: 'labelled_answers',
      },
      select: { id: true },
    });
    await recordAudit(tx, viewer, {
      action: 'proof.answers_opened',
      subjectType: 'proof',
      subjectId: proof.id,
    });
  }
}

/**
 * Opens a proof's answers with their names: recorded, and the end of this person's voting on it and
 * on every other open proof that asks the same examples, where they would know them again.
 */
export async function openProofAnswers(viewer: Viewer, proofId: string): Promise<void> {
  assertCan(viewer, 'proof:read');
  await db.$transaction(async (tx) => {
    // Waits for a vote that is being counted, so that looking and voting have an order.
    const [proof] = await tx.$queryRaw<
      { id: string; state: string; modelId: string; datasetId: string }[]
    >`
      SELECT p."id", p."state"::text, p."modelId", rel."datasetId"
      FROM "Proof" p JOIN "Release" rel ON rel."id" = p."releaseId"
      WHERE p."id" = ${proofId}::uuid AND p."workspaceId" = ${viewer.workspaceId}::uuid FOR UPDATE OF p`;
    if (!proof) throw new AppError('NOT_FOUND');
    if (proof.state !== 'open' && proof.state !== 'closed')
      throw new AppError('CONFLICT', 'proofs.errors.notAnswered');
    const others = await findOpenVotes(viewer, proof.modelId, tx);
    await recordLooks(tx, viewer, [proof, ...others.filter(({ id }) => id !== proof.id)]);
    const items = await tx.proofItem.findMany({ where: { proofId }, select: { exampleId: true } });
    await tx.heldOutView.createMany({
      data: items.map(({ exampleId }) => ({
        userId: viewer.userId,
        workspaceId: viewer.workspaceId,
        exampleId,
        modelId: proof.modelId,
      })),
      skipDuplicates: true,
    });
  });
}

/**
 * Lets a person see answers of a model with their names. One who may still vote on any of these
 * examples is refused (CONFLICT) until they accept that looking ends their voting.
 */
export async function passLabelsGate(
  viewer: Viewer,
  input: { modelId: string; endVoting: boolean },
): Promise<void> {
  assertCan(viewer, 'model:read');
  const open = await findOpenVotes(viewer, input.modelId);
  if (open.length === 0) return;
  if (!input.endVoting) throw new AppError('CONFLICT', 'proofs.errors.stillVoting');
  await db.$transaction((tx) => recordLooks(tx, viewer, open));
}

/** A page of a model's held-out answers with their names, behind `passLabelsGate`. */
export async function openModelAnswers(
  viewer: Viewer,
  input: { modelId: string; known: boolean; from: number; endVoting: boolean },
): Promise<HeldOutAnswer[]> {
  await passLabelsGate(viewer, input);
  const answers = await findAnswers(viewer, input);
  await recordHeldOutView(viewer, {
    modelId: input.modelId,
    exampleIds: answers.map((answer) => answer.exampleId),
  });
  return answers;
}
