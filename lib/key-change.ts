import 'server-only';
import type pg from 'pg';
import { pool } from '@/lib/db';
import { type SealedColumn, type SecretPlace, sealedColumns } from '@/lib/sealed-columns';
import { openWith, sealWith, sha256 } from '@/lib/secrets';

/** A change of the key that was refused, or cannot go on, with a sentence for the operator. */
export class KeyChangeFault extends Error {}

type Keys = { current: string; next: string };
type Row = { id: string; sealed: string };
type Found = { column: SealedColumn; rows: Row[] };

/**
 * Seals every stored secret with the next key, in one transaction with its entry in the record: a
 * kill leaves all as they were. Run again after it was done, it finds nothing to do. Answers how
 * many secrets there are. Throws KeyChangeFault where one opens with neither key.
 */
export async function resealSecrets(keys: Keys): Promise<number> {
  if (keys.next === keys.current)
    throw new KeyChangeFault('The next key is the present one. Nothing was changed.');
  const client = await pool().connect();
  // A connection that is lost fails the query that is under way; unheard, it would end this process.
  const unheard = () => undefined;
  client.on('error', unheard);
  try {
    await client.query('BEGIN');
    const tables = new Set(sealedColumns.map(({ table }) => `"${table}"`));
    await client.query(`LOCK TABLE ${[...tables].join(', ')} IN SHARE ROW EXCLUSIVE MODE`);
    const found: Found[] = [];
    for (const column of sealedColumns)
      found.push({ column, rows: await findSealed(client, column) });
    requireOpen(found, keys);
    for (const { column, rows } of found) await reseal(client, column, rows, keys);
    const secrets = found.reduce((sum, { rows }) => sum + rows.length, 0);
    await record(client, keys.next, secrets);
    await client.query('COMMIT');
    return secrets;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    client.off('error', unheard);
    client.release();
  }
}

async function findSealed(client: pg.PoolClient, { table, column }: SealedColumn): Promise<Row[]> {
  const { rows } = await client.query<Row>(
    `SELECT "id", "${column}" AS "sealed" FROM "${table}" WHERE "${column}" IS NOT NULL ORDER BY "id"`,
  );
  return rows;
}

const placeOf = ({ table, sealedFor }: SealedColumn, id: string): SecretPlace => ({
  table,
  id,
  column: sealedFor,
});

/** The secret in clear, or null where this key did not seal it for this place. */
function opened(key: string, sealed: string, place: SecretPlace): string | null {
  try {
    return openWith(key, sealed, place);
  } catch {
    return null;
  }
}

/** What was changed or moved is not sealed anew: it would then look as if it had always lain there. */
function requireOpen(found: Found[], keys: Keys): void {
  const all = found.flatMap(({ column, rows }) => rows.map((row) => ({ column, ...row })));
  const shut = all.filter(({ column, id, sealed }) =>
    Object.values(keys).every((key) => opened(key, sealed, placeOf(column, id)) === null),
  );
  if (shut.length === 0) return;
  if (shut.length === all.length)
    throw new KeyChangeFault(
      `None of the ${all.length} stored secrets opens with APP_ENCRYPTION_KEY: another key sealed them. Nothing was changed.`,
    );
  const named = shut.slice(0, 5).map(({ column, id }) => `${column.table}.${column.column} ${id}`);
  throw new KeyChangeFault(
    `${shut.length} of ${all.length} stored secrets were changed or moved and open with no key: ${named.join(', ')}. Nothing was changed. Start the app, remove what they belong to, stop it and run this again.`,
  );
}

async function reseal(
  client: pg.PoolClient,
  column: SealedColumn,
  rows: Row[],
  { current, next }: Keys,
): Promise<void> {
  const old = rows.flatMap(({ id, sealed }) => {
    const place = placeOf(column, id);
    const secret = opened(current, sealed, place);
    // Sealed by the next key already, before a kill or by an app that knew both.
    return secret === null ? [] : [{ id, sealed: sealWith(next, secret, place) }];
  });
  await client.query(
    `UPDATE "${column.table}" AS t SET "${column.column}" = n."sealed"
     FROM unnest($1::uuid[], $2::text[]) AS n("id", "sealed") WHERE t."id" = n."id"`,
    [old.map(({ id }) => id), old.map(({ sealed }) => sealed)],
  );
}

/** One entry for a change, however often it is run. The key is named by a hash that tells nothing of it. */
async function record(client: pg.PoolClient, next: string, secrets: number): Promise<void> {
  const action = 'installation.key_changed';
  const key = sha256(Buffer.from(next, 'base64')).slice(0, 16);
  const { rows } = await client.query<{ key: string }>(
    `SELECT "data"->>'key' AS "key" FROM "AuditEvent"
     WHERE "workspaceId" IS NULL AND "action" = $1 ORDER BY "id" DESC LIMIT 1`,
    [action],
  );
  if (rows[0]?.key === key) return;
  await client.query(
    `INSERT INTO "AuditEvent" ("action", "subjectType", "data") VALUES ($1, 'installation', $2)`,
    [action, JSON.stringify({ key, secrets })],
  );
}

/**
 * Waits for the connections of an app that has just ended. Throws KeyChangeFault while one works on
 * this database, also from another machine: it would go on with the old key alone.
 */
export async function requireNoApp(patienceMs = 5_000): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const { rows } = await pool().query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database()
       AND application_name IN ('apprentice-web', 'apprentice-worker') LIMIT 1`,
    );
    if (rows.length === 0) return;
    if (Date.now() > deadline)
      throw new KeyChangeFault(
        'Apprentice works on this database. Stop it, on every machine where it runs, then run npm run rotate-key again.',
      );
    await new Promise((done) => setTimeout(done, 100));
  }
}
