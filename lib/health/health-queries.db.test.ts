import pg from 'pg';
import { expect, test } from 'vitest';
import { ownerSql, testDatabase } from '@/tests/database';
import { readHealth } from './health-queries';

test('without a worker the installation is not well, and says which part is not', async () => {
  expect(await readHealth()).toEqual({
    status: 'failing',
    database: 'ok',
    migrations: 'ok',
    worker: 'failing',
    trainer: 'off',
  });
});

test('a worker that asks its queue makes it well; the trainer does not matter', async () => {
  const worker = new pg.Client({
    connectionString: testDatabase().databaseUrl,
    application_name: 'apprentice-worker',
  });
  await worker.connect();
  await worker.query('SELECT 1');
  expect(await readHealth()).toMatchObject({ status: 'ok', worker: 'ok', trainer: 'off' });
  await worker.end();
  await expect.poll(async () => (await readHealth()).worker).toBe('failing');
});

test('a migration that was left half way counts', async () => {
  await ownerSql(`UPDATE _prisma_migrations SET finished_at = NULL
    WHERE migration_name = (SELECT max(migration_name) FROM _prisma_migrations)`);
  expect(await readHealth()).toMatchObject({ database: 'ok', migrations: 'failing' });
});
