import 'server-only';
import { fromPrisma, PgBoss } from 'pg-boss';
import type { Tx } from '@/lib/db';
import { env } from '@/lib/env';
import { log } from '@/lib/log';

/**
 * The queue only wakes a worker: the message is the id of a row in Job. Queues and their
 * concurrency: one per kind of job, so that one person's imports do not block another's release.
 */
export const queueConcurrency = {
  'import.check': 2,
  'import.commit': 2,
  'import.undo': 1,
  'example.bulk': 2,
  'brief.recheck': 1,
  'release.freeze': 1,
  'run.train': 1,
  'model.ask': 1,
  'person.erase': 1,
  'proof.answer': 1,
  'regression.ask': 1,
  'curve.measure': 1,
  'webhook.deliver': 4,
} as const;

export type QueueName = keyof typeof queueConcurrency;

/** These wait for this machine's one place to train in and last: they survive any number of restarts. */
const patient: ReadonlySet<QueueName> = new Set([
  'run.train',
  'proof.answer',
  'regression.ask',
  'curve.measure',
]);

/** Where a message goes that the queue has given up: its job killed every worker that took it. */
export const DEAD_LETTERS = 'job.dead';

/** Of the jobs of one group, how many at a time: a slow receiver leaves room for the others. */
export const groupConcurrency: Partial<Record<QueueName, number>> = { 'webhook.deliver': 2 };
export const queueNames = Object.keys(queueConcurrency) as QueueName[];

const holder = globalThis as typeof globalThis & { apprenticeBoss?: Promise<PgBoss> | undefined };

/** Starts pg-boss. `work` = this process takes jobs, keeps house and listens. */
async function createBoss(work: boolean): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: env().DATABASE_URL,
    schema: 'pgboss',
    createSchema: false,
    application_name: work ? 'apprentice-worker' : 'apprentice-web',
    max: work ? 4 : 2,
    supervise: work,
    // With a heartbeat of 15 s, a dead worker's job comes back within half a minute; the queue's own
    // interval of a minute would make that two.
    superviseIntervalSeconds: 3,
    monitorIntervalSeconds: 2,
    schedule: false,
    migrate: true,
    useListenNotify: work,
  });
  boss.on('error', (error) => log.error({ err: error }, 'queue'));
  boss.on('warning', (warning) => log.warn({ warning: warning.message }, 'queue'));
  await boss.start();
  await boss.createQueue(DEAD_LETTERS, { notify: true, heartbeatSeconds: 15, retryLimit: 1_000 });
  for (const name of queueNames) {
    const options = {
      notify: true,
      heartbeatSeconds: 15,
      expireInSeconds: 23 * 60 * 60,
      // The others give up on what kills their worker.
      retryLimit: patient.has(name) ? 1_000 : 5,
      retryDelay: 1,
      retryBackoff: true,
      retryDelayMax: 30,
      deadLetter: DEAD_LETTERS,
    };
    await boss.createQueue(name, options);
    // A queue that an older version made is as this one wants it.
    if (work) await boss.updateQueue(name, options);
  }
  return boss;
}

/** The process's connection to the queue. */
export function queue(options: { work?: boolean } = {}): Promise<PgBoss> {
  holder.apprenticeBoss ??= createBoss(options.work ?? false).catch((error: unknown) => {
    holder.apprenticeBoss = undefined;
    throw error;
  });
  return holder.apprenticeBoss;
}

export type QueueOptions = {
  /** Not before this time; else at once. */
  startAfter?: Date;
  /** Of the jobs of a group, at most `groupConcurrency` run at a time. */
  group?: string;
};

/** Puts a message on a queue in the caller's transaction: row and job commit together. */
export async function enqueue(
  tx: Tx,
  name: QueueName,
  data: { jobId: string },
  { startAfter, group }: QueueOptions = {},
): Promise<void> {
  const boss = await queue();
  await boss.send(name, data, {
    db: fromPrisma(tx),
    ...(startAfter ? { startAfter } : {}),
    ...(group ? { group: { id: group } } : {}),
  });
}

/** Stops taking jobs, waits up to `timeout` ms for running ones, hands the rest back. */
export async function stopQueue(timeout: number): Promise<void> {
  const boss = await holder.apprenticeBoss;
  holder.apprenticeBoss = undefined;
  await boss?.stop({ graceful: timeout > 0, timeout });
}
