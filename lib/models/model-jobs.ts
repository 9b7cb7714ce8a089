import 'server-only';
import path from 'node:path';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { untilStopped } from '@/lib/job-stop';
import { defineJob } from '@/lib/jobs';
import { finishRun } from '@/lib/models/model-finish';
import { askSchema } from '@/lib/models/model-schema';
import { askModelServer } from '@/lib/models/model-server';
import { runFolder } from '@/lib/training/run-files';
import { createRunJob } from '@/lib/training/run-jobs';

/** The whole of a run: train, answer the held-out prompts, make the model. */
export const runJobDefinition = createRunJob(finishRun);

/** Asks base and tuned model the same question, greedily and with the same limits. */
export const modelAskJob = defineJob({
  kind: 'model.ask',
  input: askSchema,
  async run({ viewer, input, ...job }) {
    const model = await db.model.findFirst({
      where: { id: input.modelId, workspaceId: viewer.workspaceId },
      select: {
        runId: true,
        baseModel: true,
        run: { select: { release: { select: { brief: { select: { systemPrompt: true } } } } } },
      },
    });
    if (!model) throw new AppError('NOT_FOUND');
    const question = {
      baseModel: model.baseModel,
      messages: [
        { role: 'system' as const, content: model.run.release.brief.systemPrompt },
        { role: 'user' as const, content: input.prompt },
      ],
      maxNewTokens: input.maxNewTokens,
    };
    const adapter = path.join(runFolder(model.runId), 'adapter');
    return untilStopped(job, async (signal) => {
      await job.progress(0, 2, 'asking');
      const base = await askModelServer({ ...question, adapter: null }, signal);
      await job.progress(1, 2, 'asking');
      const tuned = await askModelServer({ ...question, adapter }, signal);
      await job.progress(2, 2, 'asking');
      return { base, tuned };
    });
  },
});
