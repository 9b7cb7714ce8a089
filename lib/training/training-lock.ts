import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { env } from '@/lib/env';

/** Key of the advisory lock that only one local fine-tune of the installation holds. */
const LOCK_KEY = 7_460_135;

/**
 * Waits for this machine's one place to train in, then does the work. The lock lives in a
 * connection of its own, so that it ends with the worker, however that ends.
 */
export async function withTrainingPlace<T>(
  shouldStop: () => Promise<boolean>,
  work: () => Promise<T>,
): Promise<T | 'stopped'> {
  const client = new pg.Client({
    connectionString: env().DATABASE_DIRECT_URL ?? env().DATABASE_URL,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    for (;;) {
      const { rows } = await client.query<{ free: boolean }>(
        'SELECT pg_try_advisory_lock($1) AS free',
        [LOCK_KEY],
      );
      if (rows[0]?.free) break;
      if (await shouldStop()) return 'stopped';
      await sleep(1_000);
    }
    return await work();
  } finally {
    await client.end().catch(() => undefined);
  }
}
