import 'server-only';
import type { z } from 'zod';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db, type Prisma, type Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { recordHeldOutView } from '@/lib/models/model-mutations';
import { assertCan } from '@/lib/permissions';
import { passLabelsGate } from '@/lib/proofs/look-mutations';
import type { Viewer } from '@/lib/session';
import { hasSeen, scopeOf, seenScopeOf } from '@/lib/wrong-answers/wrong-answer-queries';
import type { AnswerRef, markSchema } from '@/lib/wrong-answers/wrong-answer-schema';

/** Throws NOT_FOUND for an answer that is none or not theirs, CONFLICT for one that they have not opened. */
async function assertSeen(tx: Tx, viewer: Viewer, where: Prisma.AnswerWhereInput): Promise<void> {
  assertCan(viewer, 'model:read');
  const answer = await tx.answer.findFirst({ where, select: { exampleId: true } });
  if (!answer) throw new AppError('NOT_FOUND');
  if (!(await hasSeen(viewer, answer.exampleId, tx)))
    throw new AppError('CONFLICT', 'wrongAnswers.errors.notSeen');
}

/**
 * Marks a tuned model's answer as wrong, in the text that was seen: a proof asks anew and may have
 * been told another. There is one mark for a case: marking again changes nothing and returns the
 * mark that stands. Throws CONFLICT for an answer that was not opened.
 */
export async function markAnswer(
  viewer: Viewer,
  input: z.infer<typeof markSchema>,
): Promise<{ note: string }> {
  const { modelId, exampleId } = input;
  return db.$transaction(async (tx) => {
    await assertSeen(tx, viewer, seenScopeOf(viewer, input));
    const { count } = await tx.wrongAnswer.createMany({
      data: {
        modelId,
        exampleId,
        workspaceId: viewer.workspaceId,
        proofId: input.proofId ?? null,
        note: input.note || null,
        createdById: viewer.userId,
      },
      skipDuplicates: true,
    });
    if (count > 0)
      await recordAudit(tx, viewer, {
        action: 'answer.marked',
        subjectType: 'model',
        subjectId: modelId,
        data: { exampleId, ...(input.proofId ? { proofId: input.proofId } : {}) },
      });
    const mark = await tx.wrongAnswer.findUniqueOrThrow({
      where: { modelId_exampleId: { modelId, exampleId }, workspaceId: viewer.workspaceId },
      select: { note: true },
    });
    return { note: mark.note ?? '' };
  });
}

/** Takes a mark back, with its note and what was said of later answers. Without a mark it does nothing. */
export async function unmarkAnswer(viewer: Viewer, ref: AnswerRef): Promise<void> {
  const { modelId, exampleId } = ref;
  await db.$transaction(async (tx) => {
    await assertSeen(tx, viewer, scopeOf(viewer, ref));
    const { count } = await tx.wrongAnswer.deleteMany({
      where: { modelId, exampleId, workspaceId: viewer.workspaceId },
    });
    if (count === 0) return;
    await recordAudit(tx, viewer, {
      action: 'answer.unmarked',
      subjectType: 'model',
      subjectId: modelId,
      data: { exampleId },
    });
  });
}

/** Opens one marked answer: behind the gate of labelled answers, and the look is recorded. */
export async function openMarkedAnswer(
  viewer: Viewer,
  input: AnswerRef & { endVoting: boolean },
): Promise<void> {
  const { modelId, exampleId } = input;
  assertCan(viewer, 'model:read');
  const mark = await db.wrongAnswer.findFirst({
    where: { modelId, exampleId, workspaceId: viewer.workspaceId },
    select: { modelId: true },
  });
  if (!mark) throw new AppError('NOT_FOUND');
  await passLabelsGate(viewer, input);
  await recordHeldOutView(viewer, { modelId, exampleIds: [exampleId] });
}
