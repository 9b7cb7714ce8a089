import 'server-only';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { db } from '@/lib/db';
import { defineWorkspaceJob, JobCancelled } from '@/lib/jobs';
import { trainerAnswersSchema } from '@/lib/proofs/proof-schema';
import { getBaseModel } from '@/lib/training/base-models';
import { runFolder } from '@/lib/training/run-files';
import { trainerAppError } from '@/lib/training/trainer-failure';
import { runTrainer, TrainerFailure, TrainerStopped } from '@/lib/training/trainer-process';
import { withTrainingPlace } from '@/lib/training/training-lock';
import { type AskedItem, judgeAnswers, rowId, storeJudged } from './answer-store';
import { findUnasked } from './result-queries';

/** Rows that are answered together, as when a run is evaluated. */
const BATCH = 16;
/** Enough to see how an answer goes; a machine without a GPU has to make two for each item. */
const MAX_NEW_TOKENS = 96;
const STAGES = ['base:loss', 'base:answer', 'tuned:loss', 'tuned:answer'] as const;

const loadModel = (modelId: string) =>
  db.model.findUniqueOrThrow({
    where: { id: modelId },
    select: {
      id: true,
      workspaceId: true,
      runId: true,
      baseModel: true,
      run: {
        select: {
          releaseId: true,
          release: { select: { brief: { select: { systemPrompt: true } } } },
        },
      },
    },
  });
type ModelToAsk = Awaited<ReturnType<typeof loadModel>>;

/** The trainer's rows: each item with the system prompt that the training rows have. */
const rowsOf = (asked: readonly AskedItem[], systemPrompt: string) =>
  asked.flatMap(({ item, arms }) =>
    arms.map((arm) => ({
      id: rowId(item.id, arm),
      model: arm,
      prompt: [{ role: 'system' as const, content: systemPrompt }, ...item.messages],
      // `answer` also measures how well a reply fits. Here is none, and nobody reads the measure.
      completion: [{ role: 'assistant' as const, content: 'OK' }],
    })),
  );

async function answer(
  model: ModelToAsk,
  asked: readonly AskedItem[],
  folder: string,
  hooks: {
    shouldStop: () => Promise<boolean>;
    progress: (done: number, total: number | null, stage: string) => Promise<void>;
  },
) {
  const base = await getBaseModel(model.baseModel);
  const rows = rowsOf(asked, model.run.release.brief.systemPrompt);
  const [rowsFile, outFile] = [path.join(folder, 'rows.jsonl'), path.join(folder, 'out.json')];
  await mkdir(folder, { recursive: true });
  await writeFile(rowsFile, `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`, {
    mode: 0o600,
  });
  const baseRows = rows.filter((row) => row.model === 'base').length;
  const sizeOf = (stage: string) => (stage.startsWith('base') ? baseRows : rows.length - baseRows);
  const startOf = (stage: string) =>
    STAGES.slice(0, STAGES.indexOf(stage as (typeof STAGES)[number])).reduce(
      (sum, earlier) => sum + sizeOf(earlier),
      0,
    );
  await hooks.progress(0, 2 * rows.length, 'askingSet');
  await runTrainer({
    command: 'answer',
    jobDir: folder,
    config: {
      jobDir: folder,
      baseModel: base.folder,
      adapter: path.join(runFolder(model.runId), 'adapter'),
      rowsFile,
      outFile,
      maxNewTokens: MAX_NEW_TOKENS,
      batchSize: BATCH,
    },
    shouldStop: hooks.shouldStop,
    onEvent: async (event) => {
      const stage = String(event.stage);
      if (event.event !== 'progress' || !STAGES.some((known) => known === stage)) return;
      await hooks.progress(startOf(stage) + Number(event.done), 2 * rows.length, 'askingSet');
    },
  });
  return trainerAnswersSchema.parse(JSON.parse(await readFile(outFile, 'utf8')));
}

/**
 * Asks base and tuned model what the model was not asked yet, greedily and with the same limits.
 * The workspace owes it after every run, whatever became of the person who began that. A killed
 * worker goes on where it was.
 */
export const regressionAskJob = defineWorkspaceJob({
  kind: 'regression.ask',
  input: z.object({}),
  async run({ begun, subjectId: modelId, signal, progress, throwIfCancelled, conclude }) {
    let cancelled = false;
    const shouldStop = async () => {
      try {
        await throwIfCancelled();
      } catch (error) {
        if (!(error instanceof JobCancelled)) throw error;
        cancelled = true;
      }
      return signal.aborted || cancelled;
    };
    await progress(0, null, 'waitingForPlace');
    try {
      const outcome = await withTrainingPlace(shouldStop, async () => {
        if (await shouldStop()) return 'stopped' as const;
        const model = await loadModel(modelId);
        const asked = await findUnasked(model.workspaceId, modelId);
        if (asked.length === 0) return 'done' as const;
        const folder = path.join(runFolder(model.runId), 'regression');
        const answers = await answer(model, asked, folder, { shouldStop, progress });
        const place = { ...model, releaseId: model.run.releaseId };
        const rows = await judgeAnswers(place, asked, answers);
        await conclude({ answers: rows.length }, (tx) => storeJudged(tx, begun, place, rows));
        await rm(folder, { recursive: true, force: true });
        return 'done' as const;
      });
      if (outcome === 'stopped') throw new TrainerStopped();
      return undefined;
    } catch (error) {
      if (error instanceof TrainerStopped && cancelled) throw new JobCancelled();
      if (error instanceof TrainerFailure) throw trainerAppError(error);
      throw error;
    }
  },
});
