import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db, type Tx } from '@/lib/db';
import type { AppError } from '@/lib/errors';
import { publish } from '@/lib/events';
import { type Begun, defineJob, JobCancelled } from '@/lib/jobs';
import type { Viewer } from '@/lib/session';
import { type BaseModel, getBaseModel } from '@/lib/training/base-models';
import { clearRunFolder, type RunFiles, runFolder, writeRunFiles } from '@/lib/training/run-files';
import {
  applyTrainEvent,
  logRunEvent,
  resetTrainerLog,
  setRunState,
} from '@/lib/training/run-progress';
import { totalSteps, trainerSettings, validationInterval } from '@/lib/training/run-rules';
import { runSettingsSchema } from '@/lib/training/run-schema';
import { trainerAppError } from '@/lib/training/trainer-failure';
import { runTrainer, TrainerFailure, TrainerStopped } from '@/lib/training/trainer-process';
import { readTrainerState } from '@/lib/training/trainer-state';
import { withTrainingPlace } from '@/lib/training/training-lock';
import { announce } from '@/lib/webhooks/announce-mutations';
import type { Prisma } from '@/prisma/generated/client';

/** What happens with a trained adapter: the work of lib/models, which comes after this domain. */
export type FinishRun = (context: {
  viewer: Viewer;
  run: RunToTrain;
  shouldStop: () => Promise<boolean>;
}) => Promise<void>;

const runSelect = {
  id: true,
  number: true,
  state: true,
  seed: true,
  startedAt: true,
  workspaceId: true,
  releaseId: true,
  release: {
    select: { number: true, brief: { select: { systemPrompt: true, rules: true, slots: true } } },
  },
  quote: { select: { baseModel: true, settings: true, trainingExamples: true } },
} satisfies Prisma.RunSelect;

export type RunToTrain = Prisma.RunGetPayload<{ select: typeof runSelect }>;

async function waitForTrainer(runId: string, shouldStop: () => Promise<boolean>): Promise<void> {
  for (let told = false; ; ) {
    const { state } = await readTrainerState();
    if (state === 'ready' || state === 'off') return;
    if (state === 'failed') throw new TrainerFailure('broken_installation');
    if (!told) await logRunEvent(runId, 'waitingForTrainer');
    told = true;
    if (await shouldStop()) throw new TrainerStopped();
    await sleep(2_000);
  }
}

async function train(
  run: RunToTrain,
  model: BaseModel,
  files: RunFiles,
  shouldStop: () => Promise<boolean>,
): Promise<void> {
  const settings = runSettingsSchema.parse(run.quote.settings);
  const steps = totalSteps({ ...settings, examples: run.quote.trainingExamples });
  await resetTrainerLog(run.id);
  await runTrainer({
    command: 'train',
    jobDir: runFolder(run.id),
    config: {
      runDir: runFolder(run.id),
      baseModel: model.folder,
      trainFile: files.train,
      validationFile: files.validation,
      ...trainerSettings(settings),
      evalEverySteps: validationInterval(steps),
      seed: run.seed,
    },
    shouldStop,
    onEvent: (event) => applyTrainEvent(run.id, event),
  });
}

/** Trains the run of a quote, then hands the adapter to `finish`, which evaluates it and makes the model. */
export function createRunJob(finish: FinishRun) {
  return defineJob({
    kind: 'run.train',
    input: z.object({}),
    async run({ viewer, subjectId: runId, signal }) {
      const isCancelled = async () => {
        const row = await db.run.findUnique({
          where: { id: runId },
          select: { cancelRequestedAt: true },
        });
        return row?.cancelRequestedAt != null;
      };
      const shouldStop = async () => signal.aborted || (await isCancelled());
      try {
        const outcome = await withTrainingPlace(shouldStop, async () => {
          const run = await db.run.findUniqueOrThrow({ where: { id: runId }, select: runSelect });
          if (run.state === 'done') return 'done' as const;
          // Cancelled while it waited: nothing is prepared that could fail in its stead.
          if (await shouldStop()) throw new TrainerStopped();
          await setRunState(runId, 'preparing', { startedAt: run.startedAt ?? new Date() });
          await waitForTrainer(runId, shouldStop);
          const model = await getBaseModel(run.quote.baseModel);
          const files = await writeRunFiles({
            runId,
            releaseId: run.releaseId,
            systemPrompt: run.release.brief.systemPrompt,
          });
          await train(run, model, files, shouldStop);
          await setRunState(runId, 'evaluating');
          await finish({ viewer, run, shouldStop });
          return 'done' as const;
        });
        if (outcome === 'stopped') throw new TrainerStopped();
        return undefined;
      } catch (error) {
        if (error instanceof TrainerStopped) {
          if (await isCancelled()) throw new JobCancelled();
          signal.throwIfAborted();
          throw error;
        }
        if (error instanceof TrainerFailure) throw trainerAppError(error);
        throw error;
      }
    },
    async onEnd({ subjectId: runId, begun, state, error }) {
      await db.$transaction(async (tx) => {
        const { count } = await tx.run.updateMany({
          where: { id: runId, state: { notIn: ['done', 'failed', 'cancelled'] } },
          data: {
            state,
            finishedAt: new Date(),
            errorCode: failureCode(state, error),
            errorValues: error?.values ?? {},
          },
        });
        if (count === 0) return;
        const code = failureCode(state, error);
        await recordAudit(tx, begun, {
          action: state === 'cancelled' ? 'run.cancelled' : 'run.failed',
          subjectType: 'run',
          subjectId: runId,
          data: { code },
        });
        await announceEnd(tx, begun, runId, state, code);
        await publish(tx, `run:${runId}`);
      });
      await clearRunFolder(runId);
    },
  });
}

async function announceEnd(
  tx: Tx,
  begun: Begun,
  runId: string,
  state: 'failed' | 'cancelled',
  code: string | null,
): Promise<void> {
  const facts = await tx.run.findUniqueOrThrow({
    where: { id: runId },
    select: { number: true, releaseId: true },
  });
  if (state === 'cancelled')
    return announce(tx, begun, 'run.cancelled', () => ({ runId, ...facts }));
  await announce(tx, begun, 'run.failed', () => ({ runId, ...facts, code: code ?? 'internal' }));
}

function failureCode(state: 'failed' | 'cancelled', error: AppError | null): string | null {
  if (state === 'cancelled') return null;
  if (!error) return 'internal';
  const known = error.messageKey.match(/^training\.failures\.(\w+)\.what$/)?.[1];
  if (known) return known;
  if (error.messageKey === 'errors.diskFull') return 'disk_full';
  const { messageKey } = error;
  if (
    messageKey === 'training.errors.baseModelMissing' ||
    messageKey === 'training.errors.baseModelUnknown'
  )
    return 'base_model_missing';
  return 'internal';
}
