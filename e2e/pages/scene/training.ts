// Releases, runs in every state, and a model with its answers.
import { Readable } from 'node:stream';
import { houseRulesSchema } from '@/lib/checks/rule-schema';
import { db } from '@/lib/db';
import { createFileKey, storeFile } from '@/lib/files';
import { evaluate, scoreRows } from '@/lib/models/evaluation-rules';
import { createRelease } from '@/lib/releases/release-mutations';
import type { Viewer } from '@/lib/session';
import { defaultBaseModel, runSettingsSchema } from '@/lib/training/run-schema';
import type { TrainerSummary } from '@/lib/training/trainer-schema';
import type { Prisma, RunState } from '@/prisma/generated/client';
import type { Place } from './datasets';
import type { Say } from './texts';
import { until } from './wait';

const STEPS = 60;

/** Asks for a release and waits until the worker has frozen or refused it. */
export async function makeRelease(viewer: Viewer, place: Place, note = ''): Promise<string> {
  const { id } = await createRelease(viewer, { ...place, note });
  await until('the release', () =>
    db.release.findFirst({ where: { id, state: { not: 'freezing' } }, select: { id: true } }),
  );
  return id;
}

/** A run as a row, with the quote that it stands on. */
export async function makeRun(
  viewer: Viewer,
  releaseId: string,
  state: RunState,
  data: Partial<Prisma.RunUncheckedCreateInput> = {},
  settings: Prisma.InputJsonValue = runSettingsSchema.parse({}),
): Promise<string> {
  const quote = await db.quote.create({
    data: {
      workspaceId: viewer.workspaceId,
      releaseId,
      target: 'local',
      baseModel: defaultBaseModel,
      settings,
      trainingExamples: 16,
      validationExamples: 2,
      trainingTokens: 4_812,
      longestTokens: 412,
      tooLong: [],
      expectedSeconds: 260,
      createdById: viewer.userId,
      expiresAt: new Date(Date.now() + 86_400_000),
    },
    select: { id: true },
  });
  const last = await db.run.aggregate({
    where: { workspaceId: viewer.workspaceId },
    _max: { number: true },
  });
  const run = await db.run.create({
    data: {
      workspaceId: viewer.workspaceId,
      releaseId,
      quoteId: quote.id,
      number: (last._max.number ?? 0) + 1,
      seed: 42,
      state,
      createdById: viewer.userId,
      ...data,
    },
    select: { id: true },
  });
  return run.id;
}

/** A curve that falls, up to a step, and the log beside it. */
async function drawCurve(runId: string, upTo: number): Promise<void> {
  const at = (step: number) => 0.35 + 1.9 * Math.exp(-step / 14) + 0.06 * Math.sin(step * 1.7);
  await db.runMetric.createMany({
    data: Array.from({ length: upTo }, (_, index) => index + 1).flatMap((step) => [
      { runId, kind: 'training' as const, step, loss: at(step), tokensPerSecond: 96 },
      ...(step % 10 === 0
        ? [{ runId, kind: 'validation' as const, step, loss: at(step) + 0.12 }]
        : []),
    ]),
  });
  await db.runEvent.createMany({
    data: [
      { runId, level: 'info', kind: 'trainer.started', values: { totalSteps: STEPS } },
      { runId, level: 'info', kind: 'trainer.checkpoint', values: { step: 20 } },
    ],
  });
}

/** One run of each state, the newest ones under way. */
export async function makeRuns(viewer: Viewer, releaseId: string) {
  const startedAt = new Date(Date.now() - 300_000);
  const ended = { startedAt, finishedAt: new Date(Date.now() - 20_000), totalSteps: STEPS };
  const done = await makeRun(viewer, releaseId, 'done', {
    ...ended,
    step: STEPS,
    tokensPerSecond: 96.4,
  });
  const failed = await makeRun(viewer, releaseId, 'failed', {
    ...ended,
    step: 31,
    errorCode: 'out_of_memory',
  });
  const cancelled = await makeRun(viewer, releaseId, 'cancelled', { ...ended, step: 12 });
  const training = await makeRun(viewer, releaseId, 'training', {
    startedAt,
    step: 24,
    totalSteps: STEPS,
    tokensPerSecond: 96.4,
  });
  const queued = await makeRun(viewer, releaseId, 'queued');
  for (const [run, upTo] of [
    [done, STEPS],
    [failed, 31],
    [cancelled, 12],
    [training, 24],
  ] as const)
    await drawCurve(run, upTo);
  return { done, failed, cancelled, training, queued };
}

/** Another finished run, after those that are under way. */
export const makeLaterRun = (viewer: Viewer, releaseId: string): Promise<string> =>
  makeRun(viewer, releaseId, 'done', {
    startedAt: new Date(Date.now() - 15_000),
    finishedAt: new Date(),
    step: STEPS,
    totalSteps: STEPS,
  });

const loadHeldOut = (releaseId: string) =>
  db.$queryRaw<{ exampleId: string; reply: string; replyKnown: boolean }[]>`
    SELECT i."exampleId", r."replyText" AS "reply", i."replyKnown"
    FROM "ReleaseItem" i JOIN "Revision" r ON r."id" = i."revisionId"
    WHERE i."releaseId" = ${releaseId}::uuid AND i."split" = 'held_out' ORDER BY i."position"`;

function summaryOf(say: Say, rows: { exampleId: string; reply: string }[]): TrainerSummary {
  const arm = (answer: string, loss: number) => ({
    loss,
    replyTokens: 60,
    answer,
    tokens: 60,
    finished: true,
    seconds: 4.2,
    errors: [],
  });
  const base = say('I am sorry to hear that. Please contact the support of the manufacturer.');
  return {
    rows: rows.map((row) => ({
      id: row.exampleId,
      base: arm(base, 2.31),
      tuned: arm(row.reply, 0.74),
    })),
    settings: {
      decoding: 'greedy',
      maxNewTokens: 200,
      batchSize: 16,
      dtype: 'float32',
      baseModel: null,
    },
  };
}

/** The model of a finished run, judged on the release's held-out rows by the product's own rules. */
export async function makeModel(
  say: Say,
  viewer: Viewer,
  from: { runId: string; releaseId: string; briefId: string },
): Promise<string> {
  const [run, heldOut, brief, stored] = await Promise.all([
    db.run.findUniqueOrThrow({ where: { id: from.runId }, select: { number: true } }),
    loadHeldOut(from.releaseId),
    db.brief.findUniqueOrThrow({ where: { id: from.briefId } }),
    storeFile(createFileKey('adapters'), Readable.from(['adapter'])),
  ]);
  const rules = { rules: houseRulesSchema.parse(brief.rules), slots: brief.slots };
  const summary = summaryOf(say, heldOut);
  const scored = scoreRows(heldOut, summary, rules);
  const model = await db.model.create({
    data: {
      workspaceId: viewer.workspaceId,
      runId: from.runId,
      name: `${defaultBaseModel}-run-${run.number}`,
      baseModel: defaultBaseModel,
      adapterKey: stored.key,
      adapterSha256: stored.sha256,
      bytes: 9_400_000,
      evaluation: evaluate(scored, summary, rules),
    },
    select: { id: true },
  });
  await db.answer.createMany({
    data: summary.rows.flatMap((row) =>
      (['base', 'tuned'] as const).map((arm) => ({
        modelId: model.id,
        exampleId: row.id,
        arm,
        text: row[arm].answer ?? '',
        tokens: 60,
        seconds: 4.2,
        loss: row[arm].loss,
        replyKnown: scored.find(({ exampleId }) => exampleId === row.id)?.replyKnown ?? false,
        findings: [],
      })),
    ),
  });
  return model.id;
}

/** A run and its model whose figures no version of the app writes: their pages fail. */
export async function makeBrokenModel(viewer: Viewer, releaseId: string) {
  const runId = await makeRun(viewer, releaseId, 'done', {}, { epochs: 'none' });
  const model = await db.model.create({
    data: {
      workspaceId: viewer.workspaceId,
      runId,
      name: 'DAMAGED',
      baseModel: defaultBaseModel,
      adapterKey: createFileKey('adapters'),
      adapterSha256: '0'.repeat(64),
      bytes: 1,
      evaluation: {},
    },
    select: { id: true },
  });
  return { runId, modelId: model.id };
}
