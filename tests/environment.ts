// What the app's env needs in every test process; the database's addresses come from tests/setup-database.ts.
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const dataDir = mkdtempSync(join(tmpdir(), 'apprentice-test-'));
const { privateKey } = generateKeyPairSync('ed25519');

Object.assign(process.env, {
  // The environment is read as a whole; without a database of its own a test connects to none.
  DATABASE_URL: 'postgresql://127.0.0.1/none',
  DATA_DIR: dataDir,
  APP_URL: 'http://127.0.0.1:3000',
  NEXTAUTH_URL: 'http://127.0.0.1:3000',
  NEXTAUTH_SECRET: 'test-secret-test-secret-test-secret-0',
  APP_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: Buffer.alloc(32, 9).toString('base64'),
  SIGNING_KEY: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
  LOG_LEVEL: 'silent',
  // Tests count jobs, and a worker that asks every model would hold up the next training.
  REGRESSION_SET: 'off',
});

afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
