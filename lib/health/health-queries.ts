import 'server-only';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { db } from '@/lib/db';
import { env } from '@/lib/env';
import { log } from '@/lib/log';
import { readTrainerState, type TrainerState } from '@/lib/training/trainer-state';

export type HealthState = 'ok' | 'failing';
export type Health = {
  status: HealthState;
  database: HealthState;
  migrations: HealthState;
  worker: HealthState;
  /** Never a reason for failing: people work without it. */
  trainer: TrainerState['state'];
};

/** A worker asks its queue every two seconds; one that has not for this long does not answer. */
const workerSilenceSeconds = 30;
const patienceMs = 3_000;

/** How the parts of the installation are. For anybody: states only, no text and no number. */
export async function readHealth(): Promise<Health> {
  const [database, migrations, worker, trainer] = await Promise.all([
    check('database', async () => (await db.$queryRaw`SELECT 1`) !== null),
    check('migrations', isMigrated),
    check('worker', isWorkerAlive),
    readTrainerState().catch(() => ({ state: 'failed' as const })),
  ]);
  const healthy = [database, migrations, worker].every((state) => state === 'ok');
  return {
    status: healthy ? 'ok' : 'failing',
    database,
    migrations,
    worker,
    trainer: trainer.state,
  };
}

async function check(name: string, test: () => Promise<boolean>): Promise<HealthState> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), patienceMs);
  });
  try {
    return (await Promise.race([test(), late])) ? 'ok' : 'failing';
  } catch (error) {
    log.warn({ check: name, err: error }, 'health');
    return 'failing';
  } finally {
    clearTimeout(timer);
  }
}

/** Whether every migration of this version is applied, and none was left half way. */
async function isMigrated(): Promise<boolean> {
  const rows = await db.$queryRaw<{ name: string; finished: boolean }[]>`
    SELECT migration_name AS name, finished_at IS NOT NULL AS finished
    FROM _prisma_migrations WHERE rolled_back_at IS NULL`;
  const applied = new Set(rows.filter(({ finished }) => finished).map(({ name }) => name));
  const wanted = await findMigrationNames();
  return rows.every(({ finished }) => finished) && wanted.every((name) => applied.has(name));
}

async function findMigrationNames(): Promise<string[]> {
  const root = env().APPRENTICE_ROOT ?? process.cwd();
  const folder = path.join(/* turbopackIgnore: true */ root, 'prisma', 'migrations');
  // A server without the folder (a slim image) relies on what the database itself says.
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

/** Whether a worker asked the queue of this database lately. Its connections bear its name. */
async function isWorkerAlive(): Promise<boolean> {
  const [row] = await db.$queryRaw<{ alive: boolean }[]>`
    SELECT coalesce(max(greatest(query_start, state_change)), '-infinity')
             > now() - make_interval(secs => ${workerSilenceSeconds}) AS alive
    FROM pg_stat_activity
    WHERE application_name = 'apprentice-worker' AND datname = current_database()`;
  return row?.alive ?? false;
}
