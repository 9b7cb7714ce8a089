import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import { db } from '@/lib/db';
import { JobCancelled, type WorkspaceJobContext } from '@/lib/jobs';
import type { QueueName } from '@/lib/queue';
import { trainerAppError } from '@/lib/training/trainer-failure';
import { TrainerFailure, TrainerStopped } from '@/lib/training/trainer-process';
import { withTrainingPlace } from '@/lib/training/training-lock';

export type ShouldStop = () => Promise<boolean>;

/** Jobs that a person waits for; one that goes behind gives the place to them. */
const waitedFor: readonly QueueName[] = ['run.train', 'proof.answer'];

/**
 * Does the work of a job at this machine's one place to train in. `work` asks `shouldStop` between
 * its steps and throws TrainerStopped. With `goesBehind` it gives the place to trainings and proofs
 * and is done again after them, so it must go on where it was. Throws JobCancelled once somebody
 * asked for it, and an AppError that says what to do for a failure of the trainer.
 */
export async function atTrainingPlace(
  job: Pick<WorkspaceJobContext<unknown>, 'signal' | 'progress' | 'throwIfCancelled'>,
  work: (shouldStop: ShouldStop) => Promise<void>,
  { goesBehind = false } = {},
): Promise<void> {
  let isCancelled = false;
  let isGivingWay = false;
  const isEnding = async () => {
    try {
      await job.throwIfCancelled();
    } catch (error) {
      if (!(error instanceof JobCancelled)) throw error;
      isCancelled = true;
    }
    return job.signal.aborted || isCancelled;
  };
  const shouldStop = async () => {
    if (await isEnding()) return true;
    isGivingWay = goesBehind && (await isWaitedFor());
    return isGivingWay;
  };
  try {
    for (let isDone = false; !isDone; ) {
      await job.progress(0, null, 'waitingForPlace');
      while (goesBehind && (await isWaitedFor()) && !(await isEnding())) await sleep(1_000);
      isGivingWay = false;
      const outcome = await withTrainingPlace(isEnding, async () => {
        // Stopped while it waited, or before: nothing is begun that would only be thrown away.
        if (await isEnding()) throw new TrainerStopped();
        return work(shouldStop);
      }).catch((error) => {
        if (error instanceof TrainerStopped && isGivingWay) return 'gaveWay' as const;
        throw error;
      });
      if (outcome === 'stopped') throw new TrainerStopped();
      isDone = outcome !== 'gaveWay';
    }
  } catch (error) {
    if (error instanceof TrainerStopped && isCancelled) throw new JobCancelled();
    if (error instanceof TrainerFailure) throw trainerAppError(error);
    throw error;
  }
}

/** Whether a training or a proof of any workspace has not ended: the machine is one. */
async function isWaitedFor(): Promise<boolean> {
  const found = await db.job.findFirst({
    where: { kind: { in: [...waitedFor] }, state: { in: ['queued', 'running'] } },
    select: { id: true },
  });
  return found !== null;
}
