import 'server-only';
import type pg from 'pg';
import { ERASED_FILE_NAME } from '@/lib/imports/import-schema';

/** A table as it is copied: the columns that hold data, in their order. */
export type BackupTable = { name: string; columns: string[] };

/**
 * Counters of the throttle and the queue's messages are of the moment; where a migration stands is
 * written by migrating. None of them is part of a backup.
 */
const leftOut = new Set(['_prisma_migrations', 'RateLimit']);

/**
 * The tables of the app with their columns: without generated ones, which make themselves, and
 * without transaction ids, which mean nothing in another cluster.
 */
export async function findTables(client: pg.ClientBase): Promise<BackupTable[]> {
  const { rows } = await client.query<BackupTable>(
    `SELECT c.relname AS "name", array_agg(a.attname::text ORDER BY a.attnum) AS "columns"
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE n.nspname = 'public' AND c.relkind = 'r' AND a.attgenerated = '' AND a.atttypid <> 'xid8'::regtype
     GROUP BY c.relname ORDER BY c.relname`,
  );
  return rows.filter(({ name }) => !leftOut.has(name));
}

/** Table names such that whatever a foreign key points to comes first; deferred keys may wait. */
export async function sortByReferences(client: pg.ClientBase, names: string[]): Promise<string[]> {
  const { rows } = await client.query<{ from: string; to: string }>(
    `SELECT DISTINCT f.relname AS "from", t.relname AS "to" FROM pg_constraint k
     JOIN pg_class f ON f.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid
     WHERE k.contype = 'f' AND NOT k.condeferrable AND f.oid <> t.oid`,
  );
  const sorted: string[] = [];
  const waiting = new Set(names);
  while (waiting.size > 0) {
    const ready = [...waiting].filter(
      (name) => !rows.some(({ from, to }) => from === name && waiting.has(to)),
    );
    if (ready.length === 0) throw new Error(`tables refer to each other: ${[...waiting]}`);
    for (const name of ready) waiting.delete(name);
    sorted.push(...ready);
  }
  return sorted;
}

/** Quotes identifiers for COPY, which takes no parameters. Names come from the catalogue alone. */
export const quoted = (names: readonly string[]) =>
  names.map((name) => `"${name.replaceAll('"', '""')}"`).join(', ');

/** The migrations that a database has been through, in order. */
export async function findMigrations(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT migration_name AS "name" FROM _prisma_migrations
     WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`,
  );
  return rows.map(({ name }) => name);
}

/**
 * Keys of the stored files that rows name and that must be there. An upload that was discarded or
 * erased keeps its row without its file.
 */
export async function findNamedFiles(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ key: string }>(
    `SELECT "fileKey" AS "key" FROM "Import" WHERE "state" <> 'cancelled' AND "fileName" <> $1
     UNION SELECT "fileKey" FROM "Export" UNION SELECT "manifestKey" FROM "Export"
     UNION SELECT "adapterKey" FROM "Model" ORDER BY 1`,
    [ERASED_FILE_NAME],
  );
  return rows.map(({ key }) => key);
}
