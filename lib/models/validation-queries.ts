import 'server-only';
import { db } from '@/lib/db';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';

/** Mean loss per token on the validation examples, at the first and the last look of a training. */
export type ValidationLoss = { before: number; after: number };

/** The validation loss of the workspace's models, by model; none where a training never looked. */
export async function findValidationLosses(
  viewer: Viewer,
): Promise<Record<string, ValidationLoss>> {
  assertCan(viewer, 'model:read');
  const rows = await db.$queryRaw<({ modelId: string } & ValidationLoss)[]>`
    SELECT m."id" AS "modelId",
      (array_agg(x."loss" ORDER BY x."step"))[1] AS "before",
      (array_agg(x."loss" ORDER BY x."step" DESC))[1] AS "after"
    FROM "Model" m JOIN "RunMetric" x ON x."runId" = m."runId" AND x."kind" = 'validation'
    WHERE m."workspaceId" = ${viewer.workspaceId}::uuid GROUP BY m."id"`;
  return Object.fromEntries(rows.map(({ modelId, ...loss }) => [modelId, loss]));
}
