import 'server-only';
import { createWriteStream } from 'node:fs';
import {
  chmod,
  copyFile,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { recordAudit } from '@/lib/audit/audit-mutations';
import {
  BACKUP_FILE,
  type Backup,
  type BackupEntry,
  BackupFault,
  describeFile,
  isBackupPath,
} from '@/lib/backup/backup-sums';
import {
  type BackupTable,
  findMigrations,
  findNamedFiles,
  findTables,
  quoted,
} from '@/lib/backup/backup-tables';
import { db, pool } from '@/lib/db';
import { dataPath } from '@/lib/files';
import { version } from '@/package.json';

/** What of the data folder goes along. Base models, logs and half-done runs can be made again. */
const RECORD = 'record';
const FILES = 'files';
const SECRETS = 'secrets.json';

/** Snapshots that are taken before a file that a row names counts as lost. */
const MAX_ATTEMPTS = 3;
/** Missing files that the message names. */
const MAX_NAMED = 5;

/** Every file below a folder, as paths relative to it. A folder that is not there holds none. */
async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.part'))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .filter(isBackupPath)
    .sort();
}

/** Copies one file, readable for its owner alone. False where it is gone by now. */
async function copyInto(from: string, to: string): Promise<boolean> {
  await mkdir(path.dirname(to), { recursive: true, mode: 0o700 });
  try {
    await copyFile(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
  await chmod(to, 0o600);
  return true;
}

/**
 * Files that were whole when the snapshot began: whatever a row of it names is among them, and
 * nothing that speaks of a later state (a manifest names the head of the record).
 */
async function copyFiles(target: string, begun: number): Promise<string[]> {
  const copied: string[] = [];
  for (const name of await listFiles(dataPath(FILES))) {
    const from = dataPath(FILES, name);
    const found = await stat(from).catch(() => null);
    if (!found || found.mtimeMs > begun) continue;
    if (await copyInto(from, path.join(target, FILES, name))) copied.push(`${FILES}/${name}`);
  }
  return copied;
}

async function copyFolder(target: string, folder: string): Promise<string[]> {
  const copied: string[] = [];
  for (const name of await listFiles(dataPath(folder)))
    if (await copyInto(dataPath(folder, name), path.join(target, folder, name)))
      copied.push(`${folder}/${name}`);
  return copied;
}

async function copyTable(client: pg.ClientBase, target: string, table: BackupTable) {
  const file = `tables/${table.name}.copy`;
  const copy = client.query(copyTo(`COPY "${table.name}" (${quoted(table.columns)}) TO STDOUT`));
  await pipeline(copy, createWriteStream(path.join(target, file), { mode: 0o600 }));
  return { file, rows: copy.rowCount };
}

/** Every table in one snapshot of the database, while people go on working. */
async function copyTables(target: string) {
  await mkdir(path.join(target, 'tables'), { recursive: true, mode: 0o700 });
  const client = await pool().connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    // The first query takes the snapshot: what is committed later is in no table.
    const migrations = await findMigrations(client);
    const begun = Date.now();
    const named = await findNamedFiles(client);
    const tables: Backup['tables'] = [];
    const files: string[] = [];
    for (const table of await findTables(client)) {
      const { file, rows } = await copyTable(client, target, table);
      tables.push({ ...table, rows });
      files.push(file);
    }
    await client.query('COMMIT');
    return { migrations, begun, named, tables, files };
  } finally {
    client.release();
  }
}

/** What must be the same before and after: tables of one key would not open with another. */
const readSecrets = () => readFile(dataPath(SECRETS), 'utf8').catch(() => '');

async function requireFresh(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  if (names.length > 0) throw new BackupFault(`${folder} is not empty. Give a folder of its own.`);
}

/** Files that rows name, by their keys, and that were gone before they were copied. */
class MissingFiles extends BackupFault {
  constructor(keys: readonly string[]) {
    const more = keys.length > MAX_NAMED ? ` and ${keys.length - MAX_NAMED} more` : '';
    super(
      `The database names files that are not in ${dataPath(FILES)}: ${keys.slice(0, MAX_NAMED).join(', ')}${more}. ` +
        'Nothing was written. Somebody may just have erased or discarded them: take the backup again. ' +
        'If it names the same files then, they were lost: bring them back from an earlier backup.',
    );
  }
}

/** One attempt: everything of one moment in the folder `target`. Throws MissingFiles, BackupFault. */
async function writeInto(target: string): Promise<Backup> {
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true, mode: 0o700 });
  const key = await readSecrets();
  // Before the snapshot: an anchor that is ahead of the tables would look like a cut record.
  const anchors = await copyFolder(target, RECORD);
  const { migrations, begun, named, tables, files } = await copyTables(target);
  const stored = await copyFiles(target, begun);
  const present = new Set(stored);
  const missing = named.filter((name) => !present.has(`${FILES}/${name}`));
  if (missing.length > 0) throw new MissingFiles(missing);
  const secrets = (await copyInto(dataPath(SECRETS), path.join(target, SECRETS))) ? [SECRETS] : [];
  if ((await readSecrets()) !== key)
    throw new BackupFault('A key was changed meanwhile. Take the backup again.');
  const entries: BackupEntry[] = [];
  for (const name of [...files, ...stored, ...anchors, ...secrets])
    entries.push(await describeFile(target, name));
  return {
    kind: 'apprentice-backup',
    version: 1,
    app: `apprentice ${version}`,
    takenAt: new Date(begun).toISOString(),
    migrations,
    tables,
    files: entries,
  };
}

/** A file that was erased or discarded under the backup is named no more by the next snapshot. */
async function writeWhole(target: string): Promise<Backup> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await writeInto(target);
    } catch (error) {
      if (error instanceof MissingFiles && attempt < MAX_ATTEMPTS) continue;
      await rm(target, { recursive: true, force: true });
      throw error;
    }
  }
}

/**
 * Writes a backup of the whole installation into a new folder: all tables of one moment, the files
 * that they name, the anchors of the record and the secrets. The folder appears whole or not at
 * all. Throws BackupFault when it holds something already, and when a file that a row names is not
 * there.
 */
export async function writeBackup(folder: string): Promise<Backup> {
  await requireFresh(folder);
  const target = `${folder}.part`;
  const backup = await writeWhole(target);
  await writeFile(path.join(target, BACKUP_FILE), `${JSON.stringify(backup, null, 2)}\n`, {
    mode: 0o600,
  });
  await rm(folder, { recursive: true, force: true });
  await rename(target, folder);
  await recordBackup(backup);
  return backup;
}

const recordBackup = (backup: Backup) =>
  db.$transaction((tx) =>
    recordAudit(
      tx,
      { userId: null, workspaceId: null, via: 'session' },
      {
        action: 'installation.backed_up',
        subjectType: 'installation',
        data: {
          files: backup.files.length,
          bytes: backup.files.reduce((sum, { bytes }) => sum + bytes, 0),
        },
      },
    ),
  );
