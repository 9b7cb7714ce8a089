import 'server-only';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { db } from '@/lib/db';
import { defineWorkspaceJob } from '@/lib/jobs';
import { getBaseModel } from '@/lib/training/base-models';
import { runFolder } from '@/lib/training/run-files';
import { answerRows } from '@/lib/training/trainer-answers';
import { TrainerStopped } from '@/lib/training/trainer-process';
import type { AnswerRow } from '@/lib/training/trainer-schema';
import { atTrainingPlace, type ShouldStop } from '@/lib/training/training-place';
import { type AskedItem, judgeAnswers, rowId, storeJudged } from './answer-store';
import { findUnasked } from './result-queries';

/** Enough to see how an answer goes; a machine without a GPU has to make two for each item. */
const MAX_NEW_TOKENS = 96;

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

/** The trainer's rows: each item with the system prompt that the training rows have. */
const rowsOf = (asked: readonly AskedItem[], systemPrompt: string): AnswerRow[] =>
  asked.flatMap(({ item, arms }) =>
    arms.map((arm) => ({
      id: rowId(item.id, arm),
      model: arm,
      prompt: [{ role: 'system' as const, content: systemPrompt }, ...item.messages],
      // `answer` also measures how well a reply fits. Here is none, and nobody reads the measure.
      completion: [{ role: 'assistant' as const, content: 'OK' }],
    })),
  );

/**
 * Asks base and tuned model what the model was not asked yet, greedily and with the same limits.
 * The workspace owes it after every run, whatever became of the person who began that. A killed
 * worker goes on where it was.
 */
export const regressionAskJob = defineWorkspaceJob({
  kind: 'regression.ask',
  input: z.object({}),
  async run({ begun, subjectId: modelId, conclude, ...job }) {
    const work = async (shouldStop: ShouldStop) => {
      if (await shouldStop()) throw new TrainerStopped();
      const model = await loadModel(modelId);
      const asked = await findUnasked(model.workspaceId, modelId);
      if (asked.length === 0) return;
      const folder = path.join(runFolder(model.runId), 'regression');
      const answers = await answerRows({
        folder,
        base: await getBaseModel(model.baseModel),
        runId: model.runId,
        rows: rowsOf(asked, model.run.release.brief.systemPrompt),
        maxNewTokens: MAX_NEW_TOKENS,
        replySchema: null,
        shouldStop,
        onProgress: (done, total) => job.progress(done, total, 'askingSet'),
      });
      const place = { ...model, releaseId: model.run.releaseId };
      const rows = await judgeAnswers(place, asked, answers);
      await conclude({ answers: rows.length }, (tx) => storeJudged(tx, begun, place, rows));
      await rm(folder, { recursive: true, force: true });
    };
    await atTrainingPlace(job, work, { goesBehind: true });
    return undefined;
  },
});
