import 'server-only';
import { createReadStream } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { type Backup, BackupFault } from '@/lib/backup/backup-sums';
import { findMigrations, findTables, quoted, sortByReferences } from '@/lib/backup/backup-tables';

/** The anchors may lie in the data folder already: they then judge what is restored. */
const KEPT = 'record';

/** Throws BackupFault unless the data folder holds nothing but anchors of the record. */
export async function requireEmptyDataFolder(dataDir: string): Promise<void> {
  const names = await readdir(dataDir).catch(() => []);
  const found = names.filter((name) => name !== KEPT);
  if (found.length > 0)
    throw new BackupFault(
      `${dataDir} is not empty (${found.slice(0, 5).join(', ')}). Restore into a new data folder; set DATA_DIR to it.`,
    );
}

/**
 * Lays the files of a backup into the data folder, each readable for its owner alone. Anchors that
 * lie there stay: they may be younger than the backup.
 */
export async function restoreFiles(folder: string, backup: Backup, dataDir: string): Promise<void> {
  for (const { path: name } of backup.files) {
    if (name.startsWith('tables/')) continue;
    const to = path.join(dataDir, name);
    const isKept = name.startsWith(`${KEPT}/`) && (await stat(to).catch(() => null));
    if (isKept) continue;
    await mkdir(path.dirname(to), { recursive: true, mode: 0o700 });
    await copyFile(path.join(folder, name), to);
    await chmod(to, 0o600);
  }
}

/**
 * Fills a migrated, empty database from a backup in one transaction. Rows come in as they were, so
 * the triggers that judge new rows are off for it; every foreign key is on. What was under way when
 * the backup was taken is ended, so that nothing starts again by itself. Throws BackupFault.
 * @param url the owner of the tables
 */
export async function restoreTables(folder: string, backup: Backup, url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await requireFit(client, backup);
    const present = new Map((await findTables(client)).map((table) => [table.name, table]));
    const tables = backup.tables.filter(({ name }) => present.has(name));
    const order = await sortByReferences(
      client,
      tables.map(({ name }) => name),
    );
    const byName = new Map(tables.map((table) => [table.name, table]));
    await client.query('BEGIN');
    for (const name of order) await client.query(`ALTER TABLE "${name}" DISABLE TRIGGER USER`);
    await client.query('SET CONSTRAINTS ALL DEFERRED');
    for (const name of order) {
      const table = byName.get(name);
      if (!table) continue;
      const copy = client.query(copyFrom(`COPY "${name}" (${quoted(table.columns)}) FROM STDIN`));
      await pipeline(createReadStream(path.join(folder, `tables/${name}.copy`)), copy);
      if (copy.rowCount !== table.rows)
        throw new BackupFault(`${name} has ${copy.rowCount} rows, the backup says ${table.rows}.`);
    }
    await endWhatWasUnderWay(client);
    await client.query('SET CONSTRAINTS ALL IMMEDIATE');
    for (const name of order) await client.query(`ALTER TABLE "${name}" ENABLE TRIGGER USER`);
    await setSequences(client);
    await client.query(
      `INSERT INTO "AuditEvent" ("action", "subjectType", "data") VALUES ('installation.restored', 'installation', $1)`,
      [JSON.stringify({ takenAt: backup.takenAt, files: backup.files.length })],
    );
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

async function requireFit(client: pg.Client, backup: Backup): Promise<void> {
  const known = new Set(await findMigrations(client));
  const unknown = backup.migrations.filter((name) => !known.has(name));
  if (unknown.length > 0)
    throw new BackupFault(
      `The backup is of a newer version of Apprentice (${unknown.at(-1)}). Restore it with that version.`,
    );
  const { rows } = await client.query('SELECT 1 FROM "Workspace" LIMIT 1');
  if (rows.length > 0)
    throw new BackupFault('The database is not empty. Restore into a database of its own.');
}

/**
 * The queue is not part of a backup, so nothing would ever go on with these; and nothing may begin
 * again what costs time or money. People see that it stopped and start it anew.
 */
async function endWhatWasUnderWay(client: pg.Client): Promise<void> {
  await client.query(
    `UPDATE "Job" SET "state" = 'failed', "finishedAt" = now(), "errorCode" = 'errors.restored', "errorValues" = '{}'
     WHERE "state" IN ('queued', 'running')`,
  );
  await client.query(
    `UPDATE "Run" SET "state" = 'failed', "finishedAt" = now(), "errorCode" = 'restored', "errorValues" = '{}'
     WHERE "state" NOT IN ('done', 'failed', 'cancelled')`,
  );
  // The outside may have got it long ago; an admin sends it again where it is still wanted.
  await client.query(
    `UPDATE "WebhookDelivery" SET "state" = 'skipped', "nextAttemptAt" = NULL WHERE "state" = 'waiting'`,
  );
  await client.query(`UPDATE "Release" SET "state" = 'failed' WHERE "state" = 'freezing'`);
  await client.query(`UPDATE "Proof" SET "state" = 'failed' WHERE "state" = 'answering'`);
  await client.query(
    `UPDATE "Import" SET "version" = "version" + 1, "state" = CASE "state" WHEN 'checking' THEN 'uploaded'
       WHEN 'importing' THEN 'checked' ELSE 'imported' END::"ImportState"
     WHERE "state" IN ('checking', 'importing', 'undoing')`,
  );
}

/** Numbers go on after the highest that was restored. */
async function setSequences(client: pg.Client): Promise<void> {
  await client.query(
    `SELECT setval(pg_get_serial_sequence('"RunEvent"', 'id'), coalesce(max("id"), 0) + 1, false) FROM "RunEvent"`,
  );
}
