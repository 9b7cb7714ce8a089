import 'server-only';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { evaluationSchema } from '@/lib/models/model-schema';
import { type PageInput, toPage } from '@/lib/paging';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';
import { runSettingsSchema } from '@/lib/training/run-schema';

/** The newest models of the workspace, newest first: at most 200. */
export async function findModels(viewer: Viewer) {
  return (await findModelPage(viewer, { limit: 200, after: null })).rows;
}

/** The same, page by page. */
export async function findModelPage(viewer: Viewer, { limit, after }: PageInput) {
  assertCan(viewer, 'model:read');
  const models = await db.model.findMany({
    where: { workspaceId: viewer.workspaceId, ...(after ? { id: { lt: after } } : {}) },
    orderBy: { id: 'desc' },
    take: limit + 1,
    select: {
      id: true,
      name: true,
      baseModel: true,
      bytes: true,
      createdAt: true,
      evaluation: true,
      uses: { where: { endedAt: null }, select: { id: true } },
      run: {
        select: {
          id: true,
          number: true,
          release: { select: { number: true, dataset: { select: { id: true, name: true } } } },
        },
      },
    },
  });
  const { rows, next } = toPage(models, limit);
  return {
    rows: rows.map(({ uses, ...model }) => ({
      ...model,
      isInUse: uses.length > 0,
      bytes: Number(model.bytes),
      evaluation: evaluationSchema.parse(model.evaluation),
    })),
    next,
  };
}

/** One model with its lineage and figures. */
export async function getModel(viewer: Viewer, modelId: string) {
  assertCan(viewer, 'model:read');
  const model = await db.model.findFirst({
    where: { id: modelId, workspaceId: viewer.workspaceId },
    select: {
      id: true,
      name: true,
      baseModel: true,
      adapterKey: true,
      adapterSha256: true,
      bytes: true,
      createdAt: true,
      evaluation: true,
      uses: { where: { endedAt: null }, select: { id: true } },
      run: {
        select: {
          id: true,
          number: true,
          seed: true,
          startedAt: true,
          finishedAt: true,
          tokensPerSecond: true,
          quote: { select: { settings: true, trainingExamples: true, trainingTokens: true } },
          release: {
            select: {
              id: true,
              number: true,
              dataset: { select: { id: true, name: true } },
              brief: { select: { version: true, rules: true } },
            },
          },
        },
      },
    },
  });
  if (!model) throw new AppError('NOT_FOUND');
  const { run, uses, ...rest } = model;
  return {
    ...rest,
    isInUse: uses.length > 0,
    bytes: Number(model.bytes),
    evaluation: evaluationSchema.parse(model.evaluation),
    run: { ...run, quote: { ...run.quote, settings: runSettingsSchema.parse(run.quote.settings) } },
  };
}

export type HeldOutAnswer = {
  exampleId: string;
  number: number;
  topic: string | null;
  prompt: string;
  reply: string;
  base: string;
  baseCutOff: boolean;
  /** How many findings the answer has by the rules of the release's brief. */
  baseBreaks: number;
  tuned: string;
  tunedCutOff: boolean;
  tunedBreaks: number;
  /** Somebody marked the tuned answer as wrong. */
  isMarked: boolean;
  /** The tuned model did answer. */
  canBeMarked: boolean;
};

/** Base and tuned answers beside the human reply: 20 held-out rows by their place in the release. */
export async function findAnswers(
  viewer: Viewer,
  input: { modelId: string; known: boolean; from: number },
): Promise<HeldOutAnswer[]> {
  assertCan(viewer, 'model:read');
  return db.$queryRaw<HeldOutAnswer[]>`
    SELECT e."id" AS "exampleId", e."number", e."topic", r."promptText" AS "prompt", r."replyText" AS "reply",
           b."text" AS "base", b."cutOff" AS "baseCutOff", jsonb_array_length(b."findings") AS "baseBreaks",
           t."text" AS "tuned", t."cutOff" AS "tunedCutOff", jsonb_array_length(t."findings") AS "tunedBreaks",
           w."modelId" IS NOT NULL AS "isMarked", t."error" IS NULL AS "canBeMarked"
    FROM "Model" m
    JOIN "Run" run ON run."id" = m."runId"
    JOIN "ReleaseItem" i ON i."releaseId" = run."releaseId" AND i."split" = 'held_out'
    JOIN "Example" e ON e."id" = i."exampleId"
    JOIN "Revision" r ON r."id" = i."revisionId"
    JOIN "Answer" b ON b."modelId" = m."id" AND b."exampleId" = e."id" AND b."arm" = 'base'
    JOIN "Answer" t ON t."modelId" = m."id" AND t."exampleId" = e."id" AND t."arm" = 'tuned'
    LEFT JOIN "WrongAnswer" w ON w."modelId" = m."id" AND w."exampleId" = e."id"
    WHERE m."id" = ${input.modelId}::uuid AND m."workspaceId" = ${viewer.workspaceId}::uuid
      AND i."replyKnown" = ${input.known}
    ORDER BY i."position" OFFSET ${input.from} LIMIT 20`;
}

/** The workspace of a model, for addresses that name only the model. */
export async function findModelWorkspace(modelId: string): Promise<string | null> {
  const model = await db.model.findUnique({
    where: { id: modelId },
    select: { workspaceId: true },
  });
  return model?.workspaceId ?? null;
}
