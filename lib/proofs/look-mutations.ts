import 'server-only';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db, type Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { recordHeldOutView } from '@/lib/models/model-mutations';
import { findAnswers, type HeldOutAnswer } from '@/lib/models/model-queries';
import { assertCan } from '@/lib/permissions';
import { findOpenVotes } from '@/lib/proofs/look-queries';
import type { Viewer } from '@/lib/session';

type LookedAt = { id: string; modelId: string; datasetId: string };

/**
 * Ends a person's voting on proofs, because they see whose answers they are; once per proof. From
 * then on every answer of it is open to them, so all of its examples count as seen by them.
 */
async function recordLooks(tx: Tx, viewer: Viewer, proofs: readonly LookedAt[]): Promise<void> {
  for (const proof of proofs) {
    const known = await tx.heldOutLook.findFirst({
      where: { proofId: proof.id, userId: viewer.userId, kind: 'labelled_answers' },
      select: { id: true },
    });
    if (known) continue;
    const { workspaceId, userId } = viewer;
    const { id: proofId, modelId, datasetId } = proof;
    await tx.heldOutLook.create({
      data: { workspaceId, datasetId, modelId, proofId, userId, kind: 'labelled_answers' },
      select: { id: true },
    });
    const items = await tx.proofItem.findMany({ where: { proofId }, select: { exampleId: true } });
    await tx.heldOutView.createMany({
      data: items.map(({ exampleId }) => ({ userId, workspaceId, exampleId, modelId })),
      skipDuplicates: true,
    });
    await recordAudit(tx, viewer, {
      action: 'proof.answers_opened',
      subjectType: 'proof',
      subjectId: proofId,
    });
  }
}

/**
 * Opens a proof's answers with their names: recorded, and the end of this person's voting on it and
 * on every other open proof that asks the same examples, where they would know them again. Throws
 * CONFLICT where a vote is open to them and `endVoting` does not accept that.
 */
export async function openProofAnswers(
  viewer: Viewer,
  { proofId, endVoting }: { proofId: string; endVoting: boolean },
): Promise<void> {
  assertCan(viewer, 'proof:read');
  await db.$transaction(async (tx) => {
    const own = await tx.proof.findFirst({
      where: { id: proofId, workspaceId: viewer.workspaceId },
      select: { modelId: true },
    });
    if (!own) throw new AppError('NOT_FOUND');
    const open = await findOpenVotes(viewer, own.modelId, tx);
    // Waits for votes that are being counted, so that looking and voting have an order; in the order
    // of their ids, as everybody who locks several.
    const locked = await tx.$queryRaw<(LookedAt & { state: string })[]>`
      SELECT p."id", p."state"::text, p."modelId", rel."datasetId"
      FROM "Proof" p JOIN "Release" rel ON rel."id" = p."releaseId"
      WHERE p."id" = ANY(${[proofId, ...open.map(({ id }) => id)]}::uuid[])
      ORDER BY p."id" FOR UPDATE OF p`;
    const state = locked.find(({ id }) => id === proofId)?.state;
    if (state !== 'open' && state !== 'closed')
      throw new AppError('CONFLICT', 'proofs.errors.notAnswered');
    if (open.length > 0 && !endVoting) throw new AppError('CONFLICT', 'proofs.errors.stillVoting');
    await recordLooks(tx, viewer, locked);
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
