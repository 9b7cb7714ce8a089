import 'server-only';
import type { z } from 'zod';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db, type Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { recordHeldOutView } from '@/lib/models/model-mutations';
import { assertCan } from '@/lib/permissions';
import { passLabelsGate } from '@/lib/proofs/look-mutations';
import { findOpenVotes } from '@/lib/proofs/look-queries';
import type { Viewer } from '@/lib/session';
import { type AskedAgainCase, findAskedAgain } from '@/lib/wrong-answers/asked-again-queries';
import { hasSeen } from '@/lib/wrong-answers/wrong-answer-queries';
import type { judgeSchema } from '@/lib/wrong-answers/wrong-answer-schema';

/**
 * Opens a model's answers to the cases that were marked for earlier models. A person who may still
 * vote on these examples is refused (CONFLICT) until they accept that looking ends their voting.
 * Throws NOT_FOUND for a model that is not theirs.
 */
export async function openAskedAgain(
  viewer: Viewer,
  input: { modelId: string; endVoting: boolean },
): Promise<AskedAgainCase[]> {
  assertCan(viewer, 'model:read');
  const model = await db.model.findFirst({
    where: { id: input.modelId, workspaceId: viewer.workspaceId },
    select: { id: true },
  });
  if (!model) throw new AppError('NOT_FOUND');
  await passLabelsGate(viewer, input);
  const cases = await findAskedAgain(viewer, input.modelId);
  await recordHeldOutView(viewer, {
    modelId: input.modelId,
    exampleIds: cases.map((one) => one.exampleId),
  });
  return cases;
}

type Judged = z.infer<typeof judgeSchema>;

/** Whether the mark is there and the other model is a later one of the same dataset that answered. */
async function isAskedAgain(tx: Tx, viewer: Viewer, input: Judged): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ one: number }[]>`
    SELECT 1 AS "one" FROM "WrongAnswer" w
    JOIN "Model" em ON em."id" = w."modelId" JOIN "Run" erun ON erun."id" = em."runId"
    JOIN "Release" erel ON erel."id" = erun."releaseId"
    JOIN "Model" m ON m."id" = ${input.laterModelId}::uuid AND m."workspaceId" = w."workspaceId"
      AND (em."createdAt", em."id") < (m."createdAt", m."id")
    JOIN "Run" run ON run."id" = m."runId"
    JOIN "Release" rel ON rel."id" = run."releaseId" AND rel."datasetId" = erel."datasetId"
    JOIN "Answer" a ON a."modelId" = m."id" AND a."exampleId" = w."exampleId" AND a."arm" = 'tuned'
      AND a."error" IS NULL
    WHERE w."modelId" = ${input.modelId}::uuid AND w."exampleId" = ${input.exampleId}::uuid
      AND w."workspaceId" = ${viewer.workspaceId}::uuid`;
  return row !== undefined;
}

/**
 * Says whether a later model answers a marked case right now or still wrong; the latest word
 * counts. Saying the same again changes nothing. Throws NOT_FOUND where the case was not asked
 * again, CONFLICT for who may still vote on it or has not opened the answers.
 */
export async function judgeAskedAgain(viewer: Viewer, input: Judged): Promise<void> {
  assertCan(viewer, 'model:read');
  const { modelId, exampleId, laterModelId, outcome } = input;
  const isVoter = (await findOpenVotes(viewer, laterModelId)).length > 0;
  await db.$transaction(async (tx) => {
    if (!(await isAskedAgain(tx, viewer, input))) throw new AppError('NOT_FOUND');
    if (isVoter) throw new AppError('CONFLICT', 'proofs.errors.stillVoting');
    if (!(await hasSeen(viewer, exampleId, tx)))
      throw new AppError('CONFLICT', 'wrongAnswers.errors.notSeen');
    const changed = await tx.$executeRaw`
      INSERT INTO "AskedAgain" ("modelId", "exampleId", "laterModelId", "workspaceId", "outcome", "judgedById")
      VALUES (${modelId}::uuid, ${exampleId}::uuid, ${laterModelId}::uuid, ${viewer.workspaceId}::uuid,
        ${outcome}::"AskedAgainOutcome", ${viewer.userId}::uuid)
      ON CONFLICT ("modelId", "exampleId", "laterModelId") DO UPDATE
        SET "outcome" = excluded."outcome", "judgedById" = excluded."judgedById", "judgedAt" = now()
        WHERE "AskedAgain"."outcome" <> excluded."outcome"`;
    if (changed === 0) return;
    await recordAudit(tx, viewer, {
      action: 'answer.judged',
      subjectType: 'model',
      subjectId: laterModelId,
      data: { exampleId, outcome },
    });
  });
}
