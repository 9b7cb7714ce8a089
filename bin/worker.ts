import type { Job, JobWithMetadata } from 'pg-boss';
import { startSealing } from '@/lib/audit/sealing';
import { disconnect } from '@/lib/db';
import { buryJob } from '@/lib/dead-jobs';
import { removeLeftParts } from '@/lib/files';
import { jobDefinitions } from '@/lib/job-index';
import { runJob } from '@/lib/jobs';
import { resumeErasures } from '@/lib/lineage/owed-erasures';
import { log } from '@/lib/log';
import { DEAD_LETTERS, groupConcurrency, queue, queueConcurrency, stopQueue } from '@/lib/queue';

/** The worker: takes jobs until it is told to stop, then hands back what is not finished. */
const stopping = new AbortController();
const boss = await queue({ work: true });

for (const definition of jobDefinitions) {
  const ofGroup = groupConcurrency[definition.kind];
  await boss.work(
    definition.kind,
    {
      includeMetadata: true,
      localConcurrency: queueConcurrency[definition.kind],
      ...(ofGroup ? { localGroupConcurrency: ofGroup } : {}),
      pollingIntervalSeconds: 2,
      // A job that comes back from a dead worker is announced by nobody; the queue's own interval
      // beside notifications is half a minute.
      notifyPollingIntervalSeconds: 2,
    },
    async ([delivery]: JobWithMetadata<{ jobId: string }>[]) => {
      if (!delivery) return;
      await runJob(definition, {
        jobId: delivery.data.jobId,
        lastAttempt: delivery.retryCount >= delivery.retryLimit,
        signal: stopping.signal,
      });
    },
  );
}

await boss.work(
  DEAD_LETTERS,
  { pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 2 },
  async ([letter]: Job<{ jobId: string }>[]) => {
    if (letter) await buryJob(letter.data.jobId);
  },
);

const sealing = startSealing();

log.info({ kinds: jobDefinitions.length }, 'worker is ready');
removeLeftParts().then(
  (removed) =>
    removed > 0 && log.info({ removed }, 'removed what killed processes left half written'),
  (error) => log.warn({ err: error }, 'the file store could not be tidied'),
);
resumeErasures().then(
  (started) => started > 0 && log.info({ started }, 'erasures that had stopped go on'),
  (error) => log.warn({ err: error }, 'erasures that had stopped could not be gone on with'),
);

let stopped = false;
async function stop(): Promise<void> {
  if (stopped) return;
  stopped = true;
  stopping.abort();
  await stopQueue(4_000);
  // After the jobs, so that what they recorded at the end is sealed by the next worker at the latest.
  await sealing.stop();
  await disconnect();
  process.exit(0);
}
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
