import 'server-only';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { loadJudged, loadParts, writeRows } from '@/lib/curves/curve-rows';
import { curveTrainings, trainingsLeft } from '@/lib/curves/curve-rules';
import { db } from '@/lib/db';
import { defineWorkspaceJob } from '@/lib/jobs';
import { getBaseModel } from '@/lib/training/base-models';
import { runFolder } from '@/lib/training/run-files';
import { trainerSettings } from '@/lib/training/run-rules';
import { runSettingsSchema } from '@/lib/training/run-schema';
import { runTrainer, TrainerFailure, TrainerStopped } from '@/lib/training/trainer-process';
import { atTrainingPlace, type ShouldStop } from '@/lib/training/training-place';

/** Beyond every training: the held-out examples are looked at before the first step and after the last. */
const NEVER_BETWEEN = 1_000_000;

const validation = z.looseObject({ loss: z.number() });
const done = z.looseObject({ seconds: z.number().nonnegative().default(0) });

const loadCurve = (curveId: string) =>
  db.learningCurve.findUniqueOrThrow({
    where: { id: curveId },
    select: {
      id: true,
      releaseId: true,
      modelId: true,
      release: { select: { brief: { select: { systemPrompt: true } } } },
      model: {
        select: {
          runId: true,
          baseModel: true,
          run: { select: { quote: { select: { settings: true } } } },
        },
      },
    },
  });
type Curve = Awaited<ReturnType<typeof loadCurve>>;

const curveFolder = (curve: Curve) => path.join(runFolder(curve.model.runId), 'curve');

/** Trains on one part and stores how close the result is to people's held-out replies. */
async function measure(
  curve: Curve,
  training: { share: number; seed: number },
  rows: { training: readonly string[]; judged: readonly string[] },
  shouldStop: ShouldStop,
): Promise<void> {
  const settings = runSettingsSchema.parse(curve.model.run.quote.settings);
  const base = await getBaseModel(curve.model.baseModel);
  const folder = path.join(curveFolder(curve), `${training.share}-${training.seed}`);
  await mkdir(folder, { recursive: true });
  const place = {
    releaseId: curve.releaseId,
    systemPrompt: curve.release.brief.systemPrompt,
  };
  let loss: number | null = null;
  const ended = await runTrainer({
    command: 'train',
    jobDir: folder,
    config: {
      runDir: folder,
      baseModel: base.folder,
      trainFile: await writeRows(folder, place, 'training', rows.training),
      validationFile: await writeRows(folder, place, 'held_out', rows.judged),
      ...trainerSettings(settings),
      evalEverySteps: NEVER_BETWEEN,
      seed: training.seed,
    },
    shouldStop,
    onEvent: async (event) => {
      // The last one counts: that after the last step.
      if (event.event === 'validation') loss = validation.parse(event).loss;
    },
  });
  if (loss === null) throw new TrainerFailure('internal');
  // A worker that died after this finds it, and does not train it again.
  await db.learningCurvePoint.createMany({
    data: [
      {
        curveId: curve.id,
        ...training,
        examples: rows.training.length,
        score: -loss,
        seconds: done.parse(ended).seconds,
      },
    ],
    skipDuplicates: true,
  });
  await rm(folder, { recursive: true, force: true });
}

/**
 * Trains on nested parts of a release, three times each. What ended is kept: a killed worker goes
 * on with the next one, and so does whoever asks again after a failure.
 */
export const curveMeasureJob = defineWorkspaceJob({
  kind: 'curve.measure',
  input: z.object({}),
  async run({ begun, subjectId: curveId, conclude, ...job }) {
    const total = curveTrainings.length;
    await atTrainingPlace(job, async (shouldStop) => {
      const curve = await loadCurve(curveId);
      const [parts, judged] = await Promise.all([
        loadParts(curve.releaseId),
        loadJudged(curve.releaseId),
      ]);
      const points = await db.learningCurvePoint.findMany({
        where: { curveId },
        select: { share: true, seed: true },
      });
      const left = trainingsLeft(points);
      for (const [at, training] of left.entries()) {
        await job.progress(total - left.length + at, total, 'trainingParts');
        if (await shouldStop()) throw new TrainerStopped();
        const rows = { training: parts.get(training.share) ?? [], judged };
        await measure(curve, training, rows, shouldStop);
      }
      await job.progress(total, total, 'trainingParts');
      await rm(curveFolder(curve), { recursive: true, force: true });
      await conclude({ trainings: total }, async (tx) => {
        await tx.learningCurve.update({
          where: { id: curveId },
          data: { finishedAt: new Date() },
          select: { id: true },
        });
        await recordAudit(
          tx,
          { userId: begun.userId, workspaceId: begun.workspaceId, via: begun.via ?? 'session' },
          {
            action: 'curve.measured',
            subjectType: 'model',
            subjectId: curve.modelId,
            data: { curveId, trainings: total },
          },
        );
      });
    });
    return undefined;
  },
  async onEnd({ subjectId: curveId }) {
    await rm(curveFolder(await loadCurve(curveId)), { recursive: true, force: true });
  },
});
