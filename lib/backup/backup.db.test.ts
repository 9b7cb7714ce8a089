// A backup that is taken while people write, restored beside it: everything is there, both
// verifiers hold, nothing begins again by itself, and an older copy is recognised as such.
import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { appendFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readAnchors } from '@/lib/audit/anchors';
import { sealPending } from '@/lib/audit/sealer';
import { anchorHeads } from '@/lib/audit/sealing';
import { verifyRecord } from '@/lib/audit/verify-record';
import { requireEmptyDataFolder, restoreFiles, restoreTables } from '@/lib/backup/backup-restore';
import { type Backup, checkBackup, readBackup } from '@/lib/backup/backup-sums';
import { writeBackup } from '@/lib/backup/backup-write';
import { db, disconnect } from '@/lib/db';
import { env } from '@/lib/env';
import { readSigningKey } from '@/lib/exports/manifest';
import { deleteFile, filePath } from '@/lib/files';
import { discardImport } from '@/lib/imports/import-mutations';
import { startJob } from '@/lib/jobs';
import { stopQueue } from '@/lib/queue';
import { createScene, type Scene } from '@/tests/authorization-scene';
import { createTestDatabase, type TestDatabase, testDatabase } from '@/tests/database';
import { createExample } from '@/tests/factories-examples';
import { onInstallation } from '@/tests/on-installation';

const canary = 'canary-secret-of-this-installation';
const work = mkdtempSync(path.join(tmpdir(), 'apprentice-backup-'));
const folder = path.join(work, 'backup');
const dataDir = path.join(work, 'data');
let scene: Scene;
let underWay: { job: string; run: string; import: string; delivery: string };
let backup: Backup;
let target: TestDatabase;

/** Work that goes on while the backup is taken. */
async function whileWriting<T>(task: () => Promise<T>): Promise<T> {
  let isOver = false;
  const writers = [1, 2, 3].map(async () => {
    while (!isOver) await createExample(scene.writer.viewer, scene.datasetId);
  });
  const result = await task().finally(() => {
    isOver = true;
  });
  await Promise.all(writers);
  return result;
}

/** Does something while a backup has its snapshot and waits for a table; ends with the backup. */
async function amidBackup(to: string, change: () => Promise<unknown>): Promise<Backup> {
  const holder = new pg.Client({ connectionString: testDatabase().directUrl });
  await holder.connect();
  await holder.query('BEGIN; LOCK TABLE "Webhook" IN ACCESS EXCLUSIVE MODE');
  const writing = writeBackup(to);
  writing.catch(() => {});
  const waiting = `SELECT 1 FROM pg_locks JOIN pg_stat_activity USING (pid)
    WHERE NOT granted AND datname = current_database()`;
  while ((await holder.query(waiting)).rows.length === 0) await sleep(10);
  await change();
  await holder.end();
  return writing;
}

beforeAll(async () => {
  scene = await createScene('Backed up');
  const importId = await scene.upload(scene.writer);
  await db.import.update({ where: { id: importId }, data: { state: 'importing', counts: {} } });
  const run = await scene.run();
  await db.run.update({ where: { id: run }, data: { state: 'training' } });
  const job = await db.$transaction((tx) =>
    startJob(tx, scene.admin.viewer, { kind: 'run.train', subjectId: run, input: {} }),
  );
  underWay = { job: job.id, run, import: importId, delivery: await scene.delivery() };
  writeFileSync(path.join(env().DATA_DIR, 'secrets.json'), canary, { mode: 0o600 });
  await anchorHeads(await sealPending());

  backup = await whileWriting(() => writeBackup(folder));
  target = await createTestDatabase();
  await requireEmptyDataFolder(dataDir);
  await checkBackup(folder, await readBackup(folder));
  await restoreFiles(folder, backup, dataDir);
  await restoreTables(folder, backup, target.directUrl);
});
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
  await target.drop();
});

test('every row of the moment is there, and every file is its owner’s alone', async () => {
  for (const { name, rows } of backup.tables) {
    const [found] = await target.ownerSql<{ count: number }>(
      `SELECT count(*)::int AS "count" FROM "${name}"`,
    );
    const more = name === 'AuditEvent' ? 1 : 0;
    expect(found?.count, name).toBe(rows + more);
  }
  const kept = backup.files.map((file) => file.path);
  expect(kept.some((name) => name.startsWith('files/exports/'))).toBe(true);
  expect(kept).toContain('secrets.json');
  expect(readFileSync(path.join(dataDir, 'secrets.json'), 'utf8')).toBe(canary);
  for (const name of kept)
    expect(statSync(path.join(folder, name)).mode & 0o077, `${name} is open to others`).toBe(0);
  expect(statSync(path.join(dataDir, 'secrets.json')).mode & 0o077).toBe(0);
});

test('nothing that was under way begins again', async () => {
  const one = async (sql: string, id: string) => (await target.ownerSql(sql, [id]))[0];
  expect(await one('SELECT "state", "errorCode" FROM "Job" WHERE "id" = $1', underWay.job)).toEqual(
    { state: 'failed', errorCode: 'errors.restored' },
  );
  expect(await one('SELECT "state", "errorCode" FROM "Run" WHERE "id" = $1', underWay.run)).toEqual(
    { state: 'failed', errorCode: 'restored' },
  );
  expect(await one('SELECT "state" FROM "Import" WHERE "id" = $1', underWay.import)).toEqual({
    state: 'checked',
  });
  const sql = 'SELECT "state"::text AS "state" FROM "WebhookDelivery" WHERE "id" = $1';
  expect(await one(sql, underWay.delivery)).toEqual({ state: 'skipped' });
  const waiting = await target.ownerSql(
    `SELECT 1 FROM "Job" WHERE "state" IN ('queued', 'running')`,
  );
  expect(waiting).toEqual([]);
  expect(await target.appSql(`SELECT to_regclass('pgboss.job')::text AS "queue"`)).toEqual([
    { queue: null },
  ]);
});

test('the guards judge new rows again', async () => {
  await expect(target.ownerSql('UPDATE "Revision" SET "replyText" = \'x\'')).rejects.toThrow(
    'immutable_row',
  );
  await expect(target.ownerSql('DELETE FROM "AuditSeal"')).rejects.toThrow('immutable_row');
  const [event] = await target.ownerSql<{ id: string }>(
    `INSERT INTO "RunEvent" ("runId", "level", "kind") VALUES ($1, 'info', 'x') RETURNING "id"`,
    [underWay.run],
  );
  expect(event?.id).toBeTruthy();
});

test('both verifiers hold on what was restored, in a process of its own', async () => {
  const files = await db.export.findFirstOrThrow({
    where: { releaseId: scene.releaseId, split: 'training' },
    select: { fileKey: true, manifestKey: true },
  });
  await onInstallation({ DATABASE_URL: target.databaseUrl, DATA_DIR: dataDir }, async () => {
    const { verifyExport } = await import('@/lib/exports/verify-manifest');
    const { verifyRowsInDatabase } = await import('@/lib/releases/verify-database');
    const { sealPending: seal } = await import('@/lib/audit/sealer');
    const restored = await import('@/lib/db');
    const rows: Parameters<typeof verifyRowsInDatabase>[1][number][] = [];
    const result = await verifyExport({
      file: path.join(dataDir, 'files', files.fileKey),
      manifest: path.join(dataDir, 'files', files.manifestKey),
      key: readSigningKey(env().SIGNING_KEY ?? ''),
      onRow: (row) => void rows.push(row),
    });
    expect(result).toMatchObject({ faults: [], signature: 'valid' });
    if (!result.header) throw new Error('no header');
    expect(rows.length).toBeGreaterThan(0);
    expect(await verifyRowsInDatabase(result.header, rows)).toEqual({ faults: [], warnings: [] });

    // The restore itself stands in the record, and the chain goes on where it was.
    await seal();
    const check = await verifyRecord(restored.pool(), {
      anchors: await readAnchors(path.join(dataDir, 'record')),
      key: null,
    });
    expect(check).toMatchObject({ faults: [], unsealed: { count: 0 } });
    expect(check.outside).toBeGreaterThan(0);
    await restored.disconnect();
  });
});

test('beside anchors that are younger, an older backup is a roll-back', async () => {
  const { recordAudit } = await import('@/lib/audit/audit-mutations');
  const { db: fresh, disconnect: close } = await import('@/lib/db');
  const { sealPending: seal } = await import('@/lib/audit/sealer');
  const { anchorHeads: anchor } = await import('@/lib/audit/sealing');
  await fresh.$transaction((tx) =>
    recordAudit(tx, scene.writer.viewer, { action: 'example.submitted', subjectType: 'example' }),
  );
  await anchor(await seal());
  const young = await readAnchors(path.join(env().DATA_DIR, 'record'));
  await close();
  const pool = new pg.Pool({ connectionString: target.databaseUrl });
  // Dropping the database ends a connection that is still being closed; that is expected here.
  pool.on('error', () => {});
  const { faults } = await verifyRecord(pool, { anchors: young, key: null });
  await pool.end();
  expect(faults.map(({ chain }) => chain)).toContain(scene.workspace.id);
  expect(faults.find(({ chain }) => chain === scene.workspace.id)?.message).toContain(
    'an older copy of the database was restored',
  );
});

test('a key that is changed meanwhile ends a backup, whose tables it might not open', async () => {
  const other = path.join(work, 'other');
  const secrets = path.join(env().DATA_DIR, 'secrets.json');
  await expect(
    amidBackup(other, async () => writeFileSync(secrets, `${canary} and another`)),
  ).rejects.toThrow('A key was changed meanwhile.');
  expect(existsSync(other)).toBe(false);
  writeFileSync(secrets, canary);
});

test('a file that is discarded under a backup is missing from no backup that is called whole', async () => {
  const { admin } = scene;
  const importId = await scene.upload(admin);
  const { fileKey, version } = await db.import.findUniqueOrThrow({ where: { id: importId } });
  const raced = path.join(work, 'raced');
  const taken = await amidBackup(raced, () => discardImport(admin.viewer, { importId, version }));
  const paths = taken.files.map((file) => file.path);
  expect(paths).not.toContain(`files/${fileKey}`);
  // Of a later moment, whose rows name it no more.
  const rows = readFileSync(path.join(raced, 'tables/Import.copy'), 'utf8').split('\n');
  expect(rows.find((row) => row.includes(fileKey))).toContain('cancelled');
});

test('a file that rows name and that is lost ends a backup, which names it', async () => {
  const { fileKey } = await db.export.findFirstOrThrow({
    where: { releaseId: scene.releaseId, split: 'training' },
    select: { fileKey: true },
  });
  const kept = readFileSync(filePath(fileKey));
  const lost = path.join(work, 'lost');
  await expect(amidBackup(lost, () => deleteFile(fileKey))).rejects.toThrow(fileKey);
  expect(existsSync(lost)).toBe(false);
  expect(existsSync(`${lost}.part`)).toBe(false);
  writeFileSync(filePath(fileKey), kept);
});

test('every column that names a stored file is looked at', async () => {
  const columns = await target.ownerSql<{ name: string }>(
    `SELECT DISTINCT column_name AS "name" FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name LIKE '%Key' ORDER BY 1`,
  );
  const others = ['groupKey', 'idempotencyKey', 'settingsKey'];
  expect(columns.map(({ name }) => name)).toEqual(
    ['adapterKey', 'fileKey', 'manifestKey', ...others].sort(),
  );
});

test('a backup goes into a new folder, a restore into an empty one, and both say why not', async () => {
  await expect(writeBackup(folder)).rejects.toThrow('is not empty');
  await expect(requireEmptyDataFolder(dataDir)).rejects.toThrow('is not empty');
  await expect(restoreTables(folder, backup, target.directUrl)).rejects.toThrow('is not empty');
  const newer = { ...backup, migrations: [...backup.migrations, '9999_later'] };
  await expect(restoreTables(folder, newer, target.directUrl)).rejects.toThrow('newer version');
  const onlyAnchors = path.join(work, 'anchors');
  await mkdir(path.join(onlyAnchors, 'record'), { recursive: true });
  await expect(requireEmptyDataFolder(onlyAnchors)).resolves.toBeUndefined();
});

test('a changed and a missing file of a backup are named before anything is restored', async () => {
  await appendFile(path.join(folder, 'tables/Review.copy'), 'x');
  await expect(checkBackup(folder, backup)).rejects.toThrow('tables/Review.copy');
  await expect(readBackup(path.join(work, 'nothing'))).rejects.toThrow('backup.json is missing');
});
