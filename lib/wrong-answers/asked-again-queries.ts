import 'server-only';
import { db } from '@/lib/db';
import { assertCan } from '@/lib/permissions';
import { findOpenVotes } from '@/lib/proofs/look-queries';
import type { Viewer } from '@/lib/session';
import { type AskedAgainCounts, countAskedAgain } from '@/lib/wrong-answers/wrong-answer-rules';
import type { AskedAgainOutcome } from '@/lib/wrong-answers/wrong-answer-schema';

type EarlierMark = {
  /** The model whose answer was marked. */
  modelId: string;
  exampleId: string;
  isHeldOut: boolean;
  isAsked: boolean;
  outcome: AskedAgainOutcome | null;
};

/**
 * Cases that are marked for an earlier model of the same dataset, each by its newest mark, and
 * whether this model was asked them. A model counts as earlier by when it was made.
 */
async function findEarlierMarks(viewer: Viewer, modelId: string): Promise<EarlierMark[]> {
  return db.$queryRaw<EarlierMark[]>`
    SELECT DISTINCT ON (w."exampleId") w."modelId", w."exampleId",
      EXISTS (SELECT 1 FROM "ReleaseItem" i WHERE i."releaseId" = rel."id"
        AND i."exampleId" = w."exampleId" AND i."split" = 'held_out') AS "isHeldOut",
      EXISTS (SELECT 1 FROM "Answer" a WHERE a."modelId" = m."id"
        AND a."exampleId" = w."exampleId" AND a."arm" = 'tuned' AND a."error" IS NULL) AS "isAsked",
      g."outcome"::text AS "outcome"
    FROM "Model" m JOIN "Run" run ON run."id" = m."runId" JOIN "Release" rel ON rel."id" = run."releaseId"
    JOIN "Release" erel ON erel."datasetId" = rel."datasetId" AND erel."workspaceId" = m."workspaceId"
    JOIN "Run" erun ON erun."releaseId" = erel."id"
    JOIN "Model" em ON em."runId" = erun."id" AND (em."createdAt", em."id") < (m."createdAt", m."id")
    JOIN "WrongAnswer" w ON w."modelId" = em."id"
    LEFT JOIN "AskedAgain" g ON g."modelId" = w."modelId" AND g."exampleId" = w."exampleId"
      AND g."laterModelId" = m."id"
    WHERE m."id" = ${modelId}::uuid AND m."workspaceId" = ${viewer.workspaceId}::uuid
    ORDER BY w."exampleId", em."createdAt" DESC, em."id" DESC`;
}

/**
 * How many marked cases of earlier models this one was asked again, and what came of it. Who may
 * still vote on these examples is told nothing of what colleagues said: it would sway them.
 */
export async function countEarlierMarks(
  viewer: Viewer,
  modelId: string,
): Promise<AskedAgainCounts> {
  assertCan(viewer, 'model:read');
  const marks = await findEarlierMarks(viewer, modelId);
  const isVoter = (await findOpenVotes(viewer, modelId)).length > 0;
  return countAskedAgain(isVoter ? marks.map((mark) => ({ ...mark, outcome: null })) : marks);
}

export type AskedAgainCase = {
  /** The model whose answer was marked. */
  modelId: string;
  modelName: string;
  exampleId: string;
  /** False once it retired: the answer stands in no figure of this model. */
  isHeldOut: boolean;
  number: number;
  topic: string | null;
  prompt: string;
  reply: string;
  note: string | null;
  earlier: string;
  now: string;
  outcome: AskedAgainOutcome | null;
};

/**
 * The cases that this model was asked again, with both answers; those first on which nobody has
 * said anything. For `openAskedAgain`, which records the look: it tells whose answers they are.
 */
export async function findAskedAgain(viewer: Viewer, modelId: string): Promise<AskedAgainCase[]> {
  assertCan(viewer, 'model:read');
  const marks = (await findEarlierMarks(viewer, modelId)).filter((mark) => mark.isAsked);
  const cases = await db.$queryRaw<AskedAgainCase[]>`
    SELECT w."modelId", em."name" AS "modelName", w."exampleId", k."isHeldOut", e."number", e."topic",
           r."promptText" AS "prompt", r."replyText" AS "reply", w."note",
           coalesce(p."text", b."text") AS "earlier", a."text" AS "now", g."outcome"::text AS "outcome"
    FROM jsonb_to_recordset(${JSON.stringify(marks)}::jsonb) AS k("modelId" uuid, "exampleId" uuid, "isHeldOut" boolean)
    JOIN "WrongAnswer" w ON w."modelId" = k."modelId" AND w."exampleId" = k."exampleId"
    JOIN "Model" em ON em."id" = w."modelId" JOIN "Run" erun ON erun."id" = em."runId"
    JOIN "Model" m ON m."id" = ${modelId}::uuid JOIN "Run" run ON run."id" = m."runId"
    -- The text that this model was asked: what retired was asked as the earlier one was.
    JOIN "ReleaseItem" i ON i."exampleId" = w."exampleId"
      AND i."releaseId" = CASE WHEN k."isHeldOut" THEN run."releaseId" ELSE erun."releaseId" END
    JOIN "Revision" r ON r."id" = i."revisionId" JOIN "Example" e ON e."id" = w."exampleId"
    JOIN "Answer" b ON b."modelId" = w."modelId" AND b."exampleId" = w."exampleId" AND b."arm" = 'tuned'
    LEFT JOIN "ProofAnswer" p ON p."proofId" = w."proofId" AND p."exampleId" = w."exampleId"
      AND p."arm" = 'tuned' AND p."erasureId" IS NULL
    JOIN "Answer" a ON a."modelId" = m."id" AND a."exampleId" = w."exampleId" AND a."arm" = 'tuned'
    LEFT JOIN "AskedAgain" g ON g."modelId" = w."modelId" AND g."exampleId" = w."exampleId"
      AND g."laterModelId" = m."id"
    WHERE w."workspaceId" = ${viewer.workspaceId}::uuid
    ORDER BY g."outcome" IS NOT NULL, e."number"`;
  return cases;
}
