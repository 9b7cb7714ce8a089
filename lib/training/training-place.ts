import 'server-only';
import { JobCancelled, type WorkspaceJobContext } from '@/lib/jobs';
import { trainerAppError } from '@/lib/training/trainer-failure';
import { TrainerFailure, TrainerStopped } from '@/lib/training/trainer-process';
import { withTrainingPlace } from '@/lib/training/training-lock';

export type ShouldStop = () => Promise<boolean>;

/**
 * Does the work of a job at this machine's one place to train in. `work` asks `shouldStop` between
 * its steps and throws TrainerStopped. Throws JobCancelled once somebody asked for it, and an
 * AppError that says what to do for a failure of the trainer.
 */
export async function atTrainingPlace(
  job: Pick<WorkspaceJobContext<unknown>, 'signal' | 'progress' | 'throwIfCancelled'>,
  work: (shouldStop: ShouldStop) => Promise<void>,
): Promise<void> {
  let isCancelled = false;
  const shouldStop = async () => {
    try {
      await job.throwIfCancelled();
    } catch (error) {
      if (!(error instanceof JobCancelled)) throw error;
      isCancelled = true;
    }
    return job.signal.aborted || isCancelled;
  };
  await job.progress(0, null, 'waitingForPlace');
  try {
    const outcome = await withTrainingPlace(shouldStop, () => work(shouldStop));
    if (outcome === 'stopped') throw new TrainerStopped();
  } catch (error) {
    if (error instanceof TrainerStopped && isCancelled) throw new JobCancelled();
    if (error instanceof TrainerFailure) throw trainerAppError(error);
    throw error;
  }
}
