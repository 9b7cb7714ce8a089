import 'server-only';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { env } from '@/lib/env';
import { log } from '@/lib/log';
import { type Prisma, PrismaClient } from '@/prisma/generated/client';

export { Prisma } from '@/prisma/generated/client';

/** The client inside `db.$transaction(async (tx) => …)`. */
export type Tx = Prisma.TransactionClient;

const holder = globalThis as typeof globalThis & {
  apprenticeDb?: PrismaClient | undefined;
  apprenticePool?: pg.Pool | undefined;
};

function createClient(): PrismaClient {
  return new PrismaClient({
    adapter: new PrismaPg({
      connectionString: env().DATABASE_URL,
      max: 10,
      connectionTimeoutMillis: 5_000,
      statement_timeout: 60_000,
    }),
    transactionOptions: { maxWait: 5_000, timeout: 60_000 },
  });
}

/**
 * The one database client of the process. Created at first use, so that programs and tests may
 * set DATABASE_URL before.
 */
export const db: PrismaClient = new Proxy({} as PrismaClient, {
  get(_target, property) {
    holder.apprenticeDb ??= createClient();
    const value = Reflect.get(holder.apprenticeDb, property);
    return typeof value === 'function' ? value.bind(holder.apprenticeDb) : value;
  },
});

/** Plain pg pool for what Prisma cannot do: COPY, cursors, LISTEN, REPEATABLE READ snapshots. */
export function pool(): pg.Pool {
  if (!holder.apprenticePool) {
    holder.apprenticePool = new pg.Pool({
      connectionString: env().DATABASE_URL,
      max: 6,
      connectionTimeoutMillis: 5_000,
    });
    // An idle connection that the server ends (a restart) is replaced at the next use; unheard, it
    // would end this process.
    holder.apprenticePool.on('error', (error) => log.warn({ err: error }, 'database connection'));
  }
  return holder.apprenticePool;
}

/** Closes both; for programs that end and for tests. */
export async function disconnect(): Promise<void> {
  await holder.apprenticeDb?.$disconnect();
  await holder.apprenticePool?.end();
  holder.apprenticeDb = undefined;
  holder.apprenticePool = undefined;
}
