import 'server-only';
import { z } from 'zod';
import { db } from '@/lib/db';
import { publish } from '@/lib/events';
import type { TrainerEvent } from '@/lib/training/trainer-process';
import type { Prisma, RunState } from '@/prisma/generated/client';

const number = z.number();
const started = z.looseObject({ totalSteps: number, resumedFromStep: number.nullish() });
const resumed = z.looseObject({ fromStep: number });
const step = z.looseObject({
  step: number,
  loss: number.nullish(),
  learningRate: number.nullish(),
  tokensPerSecond: number.nullish(),
});
const validation = z.looseObject({ step: number, loss: number.nullish() });

/** Events of the run's log that come from the trainer; written anew when its file is read again. */
const TRAINER_PREFIX = 'trainer.';

/** Writes a line of the run's own log. `kind` is a key of messages/en/training.json under events. */
export async function logRunEvent(
  runId: string,
  kind: string,
  values: Prisma.InputJsonObject = {},
  level: 'info' | 'warning' | 'error' = 'info',
): Promise<void> {
  await db.runEvent.create({ data: { runId, kind, values, level }, select: { id: true } });
  await publish(db, `run:${runId}`);
}

/** Sets a run's state; a finished run keeps its own. */
export async function setRunState(
  runId: string,
  state: RunState,
  data: Prisma.RunUpdateManyMutationInput = {},
): Promise<void> {
  await db.run.updateMany({
    where: { id: runId, state: { notIn: ['done', 'failed', 'cancelled'] } },
    data: { ...data, state },
  });
  await publish(db, `run:${runId}`);
}

/** Forgets the trainer's log lines before its events are read from the first on. */
export async function resetTrainerLog(runId: string): Promise<void> {
  await db.runEvent.deleteMany({ where: { runId, kind: { startsWith: TRAINER_PREFIX } } });
}

async function dropAfter(runId: string, fromStep: number): Promise<void> {
  await db.runMetric.deleteMany({ where: { runId, step: { gt: fromStep } } });
  await db.run.updateMany({ where: { id: runId }, data: { step: fromStep } });
}

async function keepMetric(
  runId: string,
  metric: {
    kind: 'training' | 'validation';
    step: number;
    loss: number;
    learningRate: number | null;
    tokensPerSecond: number | null;
    at: Date;
  },
): Promise<void> {
  const { kind, step, ...data } = metric;
  await db.runMetric.upsert({
    where: { runId_kind_step: { runId, kind, step } },
    create: { runId, kind, step, ...data },
    update: data,
    select: { step: true },
  });
}

/**
 * Applies one event of `train` to the run's rows. Safe to repeat from the first event on: after
 * a restart the steps past the checkpoint are dropped and come again.
 */
export async function applyTrainEvent(runId: string, event: TrainerEvent): Promise<void> {
  const at = event.at ? new Date(event.at) : new Date();
  switch (event.event) {
    case 'started': {
      const { totalSteps, resumedFromStep } = started.parse(event);
      if (resumedFromStep) await dropAfter(runId, resumedFromStep);
      await setRunState(runId, 'training', { totalSteps });
      await logRunEvent(runId, `${TRAINER_PREFIX}started`, { totalSteps });
      return;
    }
    case 'resumed': {
      const { fromStep } = resumed.parse(event);
      await dropAfter(runId, fromStep);
      await logRunEvent(runId, `${TRAINER_PREFIX}resumed`, { step: fromStep });
      return;
    }
    case 'step': {
      const metric = step.parse(event);
      if (typeof metric.loss === 'number') {
        await keepMetric(runId, {
          kind: 'training',
          step: metric.step,
          loss: metric.loss,
          learningRate: metric.learningRate ?? null,
          tokensPerSecond: metric.tokensPerSecond ?? null,
          at,
        });
      }
      await db.run.updateMany({
        where: { id: runId },
        data: {
          step: metric.step,
          ...(metric.tokensPerSecond ? { tokensPerSecond: metric.tokensPerSecond } : {}),
        },
      });
      await publish(db, `run:${runId}`);
      return;
    }
    case 'validation': {
      const metric = validation.parse(event);
      if (typeof metric.loss === 'number') {
        await keepMetric(runId, {
          kind: 'validation',
          step: metric.step,
          loss: metric.loss,
          learningRate: null,
          tokensPerSecond: null,
          at,
        });
      }
      await publish(db, `run:${runId}`);
      return;
    }
    case 'checkpoint':
      await logRunEvent(runId, `${TRAINER_PREFIX}checkpoint`, {
        step: step.pick({ step: true }).parse(event).step,
      });
      return;
    default:
      return;
  }
}
