import type { JobWithMetadata } from 'pg-boss';
import { disconnect } from '@/lib/db';
import { jobDefinitions } from '@/lib/job-index';
import { runJob } from '@/lib/jobs';
import { log } from '@/lib/log';
import { queue, queueConcurrency, stopQueue } from '@/lib/queue';

/** The worker: takes jobs until it is told to stop, then hands back what is not finished. */
const stopping = new AbortController();
const boss = await queue({ work: true });

for (const definition of jobDefinitions) {
  await boss.work(
    definition.kind,
    {
      includeMetadata: true,
      localConcurrency: queueConcurrency[definition.kind],
      pollingIntervalSeconds: 2,
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

log.info({ kinds: jobDefinitions.length }, 'worker is ready');

let stopped = false;
async function stop(): Promise<void> {
  if (stopped) return;
  stopped = true;
  stopping.abort();
  await stopQueue(4_000);
  await disconnect();
  process.exit(0);
}
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
