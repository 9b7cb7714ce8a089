import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { identify, isAlive, sleep } from '../../bin/start/processes.mjs';
import { dropDatabase, makeEmptyDatabase, startTestServer } from '../../tests/postgres.mjs';
import { applyMigrations } from './apply';

const database = `test_${process.pid}_migrate`;
const bundle = join(import.meta.dirname, `../../dist/test-migrate-${process.pid}.mjs`);
let port = 0;
let url = '';
let folder = '';

beforeAll(async () => {
  ({ port } = await startTestServer());
  await build({
    entryPoints: [join(import.meta.dirname, '../migrate.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
});

beforeEach(async () => {
  ({ directUrl: url } = await makeEmptyDatabase(port, database));
  folder = mkdtempSync(join(tmpdir(), 'apprentice-migrations-'));
});

afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await dropDatabase(port, database);
});

afterAll(() => rmSync(bundle, { force: true }));

function write(name: string, sql: string) {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'migration.sql'), sql);
}

async function query<Row extends pg.QueryResultRow>(sql: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

const tables = async () =>
  (
    await query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE '\\_%' ORDER BY 1`,
    )
  ).map(({ name }) => name);

const records = () =>
  query<{ name: string; finished: boolean; undone: boolean }>(
    `SELECT migration_name AS name, finished_at IS NOT NULL AS finished, rolled_back_at IS NOT NULL AS undone
       FROM _prisma_migrations ORDER BY started_at, migration_name`,
  );

const trigger = `
  CREATE TABLE parcel (weight int);
  CREATE FUNCTION heavier() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    NEW.weight := NEW.weight + 1; -- a comment; with a semicolon
    RETURN NEW;
  END;
  $$;
  CREATE TRIGGER heavier BEFORE INSERT ON parcel FOR EACH ROW EXECUTE FUNCTION heavier();`;

test('applies a migration with a trigger, and the second time nothing', async () => {
  write('0001_trigger', trigger);
  expect((await applyMigrations(url, folder)).applied).toEqual(['0001_trigger']);
  await query('INSERT INTO parcel VALUES (1)');
  expect(await query('SELECT weight FROM parcel')).toEqual([{ weight: 2 }]);
  expect((await applyMigrations(url, folder)).applied).toEqual([]);
});

test('keeps nothing of a migration that fails in its second statement, and tries it again', async () => {
  write('0001_first', 'CREATE TABLE first (id int)');
  write('0002_second', 'CREATE TABLE second (id int); CREATE TABLE third (id nonsense);');
  await expect(applyMigrations(url, folder)).rejects.toThrow(
    /nothing of the failing step was kept\. PostgreSQL said: .*type "nonsense" does not exist/,
  );
  expect(await tables()).toEqual(['first']);

  write('0002_second', 'CREATE TABLE second (id int); CREATE TABLE third (id int);');
  const report = await applyMigrations(url, folder);
  expect(report).toEqual({ applied: ['0002_second'], retried: ['0002_second'], edited: [] });
  expect(await tables()).toEqual(['first', 'second', 'third']);
  expect(await records()).toEqual([
    { name: '0001_first', finished: true, undone: false },
    { name: '0002_second', finished: false, undone: true },
    { name: '0002_second', finished: true, undone: false },
  ]);
});

function startProgram(): ChildProcess {
  return spawn(process.execPath, [bundle], {
    env: { ...process.env, DATABASE_DIRECT_URL: url, MIGRATIONS_DIR: folder },
    stdio: 'ignore',
  });
}

test('a kill -9 in the middle leaves nothing behind, and the next start goes on', async () => {
  write('0001_first', 'CREATE TABLE first (id int)');
  write('0002_slow', 'CREATE TABLE second (id int); SELECT pg_sleep(20); CREATE TABLE third ();');
  const child = startProgram();
  const id = identify(child.pid ?? 0);
  const sleeping = `SELECT pid FROM pg_stat_activity WHERE datname = '${database}' AND wait_event = 'PgSleep'`;
  let backend: { pid: number }[] = [];
  while (backend.length === 0) backend = await query<{ pid: number }>(sleeping);
  child.kill('SIGKILL');
  while (isAlive(id)) await sleep(10);
  // PostgreSQL notices the dead client only when it writes to it; a restart would end it as well.
  await query(`SELECT pg_terminate_backend(${backend[0]?.pid}, 5000)`);
  expect(await tables()).toEqual(['first']);

  write('0002_slow', 'CREATE TABLE second (id int); CREATE TABLE third ();');
  expect((await applyMigrations(url, folder)).retried).toEqual(['0002_slow']);
  expect(await tables()).toEqual(['first', 'second', 'third']);
});

test('what a killed process had applied is recorded as applied', async () => {
  write('0001_first', 'CREATE TABLE first (id int)');
  await applyMigrations(url, folder);
  // The engine's own record of success comes after the transaction; ours is part of it.
  expect(await records()).toEqual([{ name: '0001_first', finished: true, undone: false }]);
});

test('two at once apply each migration once', async () => {
  for (const name of ['a', 'b', 'c']) {
    write(`000${name}_${name}`, `CREATE TABLE ${name} (id int); SELECT pg_sleep(0.1);`);
  }
  const reports = await Promise.all([
    applyMigrations(url, folder),
    applyMigrations(url, folder),
    applyMigrations(url, folder),
  ]);
  expect(reports.flatMap(({ applied }) => applied).sort()).toEqual(['000a_a', '000b_b', '000c_c']);
  expect((await records()).map(({ name }) => name)).toEqual(['000a_a', '000b_b', '000c_c']);
});

test('refuses a database that a later version has migrated', async () => {
  write('0001_first', 'CREATE TABLE first (id int)');
  write('0002_later', 'CREATE TABLE later (id int)');
  await applyMigrations(url, folder);
  rmSync(join(folder, '0002_later'), { recursive: true });
  await expect(applyMigrations(url, folder)).rejects.toThrow(
    'The database is newer than this version of Apprentice: it holds a change that this version does not know (0002_later). Start the newer version, or restore a backup that was made with this one.',
  );
});

test('refuses a database that holds the tables of something else', async () => {
  write('0001_first', 'CREATE TABLE first (id int)');
  await query('CREATE TABLE foreigner (id int)');
  await expect(applyMigrations(url, folder)).rejects.toThrow(
    'The database already holds tables of something else.',
  );
  expect(await tables()).toEqual(['foreigner']);
});

test.each([
  ['BEGIN; CREATE TABLE a (id int); COMMIT;'],
  ['CREATE TABLE a (id int);\nCOMMIT;'],
  ['CREATE INDEX CONCURRENTLY i ON a (id);'],
])('refuses a file that steers transactions itself: %s', async (sql) => {
  write('0001_first', sql);
  await expect(applyMigrations(url, folder)).rejects.toThrow(
    'cannot run inside the one transaction',
  );
});

test('names a migration that was changed after it was applied', async () => {
  write('0001_first', 'CREATE TABLE first (id int)');
  await applyMigrations(url, folder);
  write('0001_first', 'CREATE TABLE first (id bigint)');
  expect((await applyMigrations(url, folder)).edited).toEqual(['0001_first']);
});

test('leaves the app no right to rewrite the record', async () => {
  write('0001_first', 'CREATE TABLE first (id int)');
  await applyMigrations(url, folder);
  const rights = await query(
    `SELECT has_table_privilege('apprentice_app', '_prisma_migrations', 'SELECT') AS read,
            has_table_privilege('apprentice_app', '_prisma_migrations', 'INSERT, UPDATE, DELETE') AS write,
            has_table_privilege('apprentice_app', 'first', 'INSERT') AS rows`,
  );
  expect(rights).toEqual([{ read: true, write: false, rows: true }]);
});
