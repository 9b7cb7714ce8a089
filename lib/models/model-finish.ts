import 'server-only';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { houseRulesSchema } from '@/lib/checks/rule-schema';
import { db } from '@/lib/db';
import { publish } from '@/lib/events';
import { adapterCard, packAdapter } from '@/lib/models/adapter-package';
import { evaluate, type HeldOutRow, scoreRows } from '@/lib/models/evaluation-rules';
import type { Evaluation } from '@/lib/models/model-schema';
import { answerRetiredCases, loadRetiredCases } from '@/lib/models/retired-cases';
import { heldOutAnswers } from '@/lib/models/stored-answers';
import { askAfterRun } from '@/lib/regression-set/regression-mutations';
import { type BaseModel, getBaseModel } from '@/lib/training/base-models';
import { dropTrainingFiles, runFolder } from '@/lib/training/run-files';
import type { FinishRun, RunToTrain } from '@/lib/training/run-jobs';
import { setRunState } from '@/lib/training/run-progress';
import { runSettingsSchema } from '@/lib/training/run-schema';
import { runTrainer } from '@/lib/training/trainer-process';
import { type TrainerSummary, trainerSummarySchema } from '@/lib/training/trainer-schema';
import type { ShouldStop } from '@/lib/training/training-place';
import { announce } from '@/lib/webhooks/announce-mutations';

/** What every held-out row goes through, in order. */
const stages = ['base:loss', 'base:answer', 'tuned:loss', 'tuned:answer'];
/** What a case that retired goes through: the tuned model measures and answers it. */
const ASKED_AGAIN_STEPS = 2;

/** `more`: how much is left to do after the held-out rows, in the units of progress. */
async function answerHeldOut(
  run: RunToTrain,
  base: BaseModel,
  more: number,
  shouldStop: ShouldStop,
): Promise<TrainerSummary> {
  const folder = runFolder(run.id);
  const settings = runSettingsSchema.parse(run.quote.settings);
  const outFile = path.join(folder, 'evaluation', 'summary.json');
  let told = 0;
  await runTrainer({
    command: 'evaluate',
    jobDir: path.join(folder, 'evaluation'),
    config: {
      runDir: folder,
      baseModel: base.folder,
      adapter: path.join(folder, 'adapter'),
      heldOutFile: path.join(folder, 'held-out.jsonl'),
      outFile,
      maxNewTokens: settings.maxNewTokens,
    },
    shouldStop,
    onEvent: async (event) => {
      if (event.event !== 'progress') return;
      const total = Number(event.total);
      const done = stages.indexOf(String(event.stage)) * total + Number(event.done);
      if (!(done >= told)) return;
      told = done;
      await setRunState(run.id, 'evaluating', {
        phaseDone: done,
        phaseTotal: total * stages.length + more,
      });
    },
  });
  return trainerSummarySchema.parse(JSON.parse(await readFile(outFile, 'utf8')));
}

async function loadHeldOut(releaseId: string): Promise<HeldOutRow[]> {
  return db.$queryRaw<HeldOutRow[]>`
    SELECT i."exampleId", r."replyText" AS "reply", i."replyKnown"
    FROM "ReleaseItem" i JOIN "Revision" r ON r."id" = i."revisionId"
    WHERE i."releaseId" = ${releaseId}::uuid AND i."split" = 'held_out' ORDER BY i."position"`;
}

async function packWithCard(run: RunToTrain, evaluation: Evaluation, name: string) {
  const quote = await db.quote.findFirstOrThrow({
    where: { run: { id: run.id } },
    select: {
      trainingExamples: true,
      trainingTokens: true,
      release: { select: { number: true, dataset: { select: { name: true } } } },
    },
  });
  const card = adapterCard({
    name,
    baseModel: run.quote.baseModel,
    datasetName: quote.release.dataset.name,
    releaseNumber: quote.release.number,
    runNumber: run.number,
    trainingExamples: quote.trainingExamples,
    trainingTokens: quote.trainingTokens,
    settings: { ...runSettingsSchema.parse(run.quote.settings), seed: run.seed },
    lossBefore: evaluation.all.base.loss,
    lossAfter: evaluation.all.tuned.loss,
    heldOutRows: evaluation.all.rows,
    createdAt: new Date(),
  });
  return packAdapter(path.join(runFolder(run.id), 'adapter'), card);
}

/** Evaluates a trained adapter on the held-out rows and makes the model. Safe to repeat. */
export const finishRun: FinishRun = async ({ viewer, run, shouldStop }) => {
  const base = await getBaseModel(run.quote.baseModel);
  const cases = await loadRetiredCases(run.releaseId);
  const more = cases.length * ASKED_AGAIN_STEPS;
  const summary = await answerHeldOut(run, base, more, shouldStop);
  const before = summary.rows.length * stages.length;
  const again = await answerRetiredCases({
    run,
    base,
    cases,
    shouldStop,
    onProgress: (done) =>
      setRunState(run.id, 'evaluating', { phaseDone: before + done, phaseTotal: before + more }),
  });
  const brief = {
    rules: houseRulesSchema.parse(run.release.brief.rules),
    slots: run.release.brief.slots,
  };
  const rows = scoreRows(await loadHeldOut(run.releaseId), summary, brief);
  const evaluation = evaluate(rows, summary, brief);
  const name = `${run.quote.baseModel}-run-${run.number}`;
  const adapter = await packWithCard(run, evaluation, name);
  await db.$transaction(async (tx) => {
    const { count } = await tx.run.updateMany({
      where: { id: run.id, state: { notIn: ['done', 'failed', 'cancelled'] } },
      data: { state: 'done', finishedAt: new Date() },
    });
    if (count === 0) return;
    const model = await tx.model.create({
      data: {
        workspaceId: run.workspaceId,
        runId: run.id,
        name,
        baseModel: run.quote.baseModel,
        adapterKey: adapter.key,
        adapterSha256: adapter.sha256,
        bytes: BigInt(adapter.bytes),
        evaluation,
      },
      select: { id: true },
    });
    // What was erased while it was asked is not stored.
    const left = new Set((await loadRetiredCases(run.releaseId, tx)).map((one) => one.exampleId));
    const answers = [
      ...heldOutAnswers(rows, summary),
      ...again.filter(({ exampleId }) => left.has(exampleId)),
    ];
    await tx.answer.createMany({ data: answers.map((one) => ({ ...one, modelId: model.id })) });
    await recordAudit(tx, viewer, {
      action: 'run.finished',
      subjectType: 'run',
      subjectId: run.id,
      data: { modelId: model.id, heldOutRows: rows.length },
    });
    await announce(tx, viewer, 'run.finished', () => ({
      runId: run.id,
      number: run.number,
      releaseId: run.releaseId,
      modelId: model.id,
    }));
    await askAfterRun(tx, viewer, model.id);
    await publish(tx, `run:${run.id}`);
  });
  await dropTrainingFiles(run.id);
};
