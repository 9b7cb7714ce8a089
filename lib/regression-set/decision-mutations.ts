import 'server-only';
import type { z } from 'zod';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';
import type { decideAnswerSchema } from './regression-schema';

/**
 * Says whether an answer that its words did not decide is good or bad; the latest word counts.
 * Saying the same again changes nothing. Throws NOT_FOUND where there is no such answer, CONFLICT
 * where its words decided or its text was erased.
 */
export async function decideAnswer(
  viewer: Viewer,
  input: z.infer<typeof decideAnswerSchema>,
): Promise<void> {
  assertCan(viewer, 'regression:manage');
  const { modelId, itemId, arm, outcome } = input;
  await db.$transaction(async (tx) => {
    const answer = await tx.regressionAnswer.findFirst({
      where: { modelId, itemId, arm, workspaceId: viewer.workspaceId },
      select: { outcome: true, erasureId: true },
    });
    if (!answer) throw new AppError('NOT_FOUND');
    if (answer.outcome !== 'unclear' || answer.erasureId)
      throw new AppError('CONFLICT', 'regression.errors.notUnclear');
    const changed = await tx.$executeRaw`
      INSERT INTO "RegressionDecision" ("modelId", "itemId", "arm", "workspaceId", "outcome", "decidedById")
      VALUES (${modelId}::uuid, ${itemId}, ${arm}::"Arm", ${viewer.workspaceId}::uuid,
        ${outcome}::"RegressionOutcome", ${viewer.userId}::uuid)
      ON CONFLICT ("modelId", "itemId", "arm") DO UPDATE
        SET "outcome" = excluded."outcome", "decidedById" = excluded."decidedById", "decidedAt" = now()
        WHERE "RegressionDecision"."outcome" <> excluded."outcome"`;
    if (changed === 0) return;
    await recordAudit(tx, viewer, {
      action: 'regression.decided',
      subjectType: 'model',
      subjectId: modelId,
      data: { itemId, arm, outcome },
    });
  });
}
