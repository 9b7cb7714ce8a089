// The command that changes the key of stored secrets, on a database of its own.
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { SecretPlace } from '@/lib/sealed-columns';
import { openWith, sealWith } from '@/lib/secrets';
import { createTestDatabase, type TestDatabase } from '../../tests/database';
import { makeDataDir, removeDataDir, startApp } from '../../tests/installation.mjs';
import { takeLock } from './lock.mjs';
import { projectNode } from './node.mjs';
import { root } from './paths.mjs';
import { sleep } from './processes.mjs';
import { beginKeyChange, loadSecrets } from './secrets.mjs';

const key = (byte: number) => Buffer.alloc(32, byte).toString('base64');
const place: SecretPlace = { table: 'Webhook', id: randomUUID(), column: 'secret' };
const secret = 'whsec_of the receiver';

let database: TestDatabase;
let dataDir = '';
beforeAll(async () => {
  database = await createTestDatabase();
  const [workspace, user] = [randomUUID(), randomUUID()];
  await database.ownerSql(
    `INSERT INTO "Workspace" ("id", "slug", "name") VALUES ($1, 'shop', 'Shop')`,
    [workspace],
  );
  await database.ownerSql(
    `INSERT INTO "Webhook" ("id", "workspaceId", "url", "events", "secret", "createdById")
     VALUES ($1, $2, 'https://hooks.shop.example', '{}', '', $3)`,
    [place.id, workspace, user],
  );
});
afterAll(() => database.drop());

beforeEach(async () => {
  dataDir = makeDataDir('key');
  await seal(loadSecrets(dataDir).APP_ENCRYPTION_KEY);
});
afterEach(() => removeDataDir(dataDir));

const seal = (one: string) =>
  database.ownerSql('UPDATE "Webhook" SET "secret" = $1', [sealWith(one, secret, place)]);
async function expectSealedWith(one: string): Promise<void> {
  const [row] = await database.ownerSql<{ secret: string }>('SELECT "secret" FROM "Webhook"');
  expect(openWith(one, row?.secret ?? '', place)).toBe(secret);
}

function begin(env: Record<string, string> = {}, args: string[] = []) {
  return startApp(
    {
      DATA_DIR: dataDir,
      DATABASE_URL: database.databaseUrl,
      DATABASE_DIRECT_URL: database.directUrl,
      ...env,
    },
    { command: projectNode(), args: [join(root, 'bin/rotate-key.mjs'), ...args] },
  );
}
async function rotate(env: Record<string, string> = {}, args: string[] = []) {
  const program = begin(env, args);
  const code = await program.ended;
  return { code, text: program.output.trim() };
}
const secretsFile = () => readFileSync(join(dataDir, 'secrets.json'), 'utf8');

test('a key that the installation made gives way to a new one', async () => {
  const { APP_ENCRYPTION_KEY: old, ...others } = loadSecrets(dataDir);
  expect(await rotate()).toEqual({
    code: 0,
    text: `All stored secrets (1) are sealed with the new key; the old one opens none.
Start the app with npm start, and make a backup: older ones hold the old key.`,
  });
  const { APP_ENCRYPTION_KEY: now, ...same } = loadSecrets(dataDir);
  expect(same).toEqual(others);
  expect(secretsFile()).not.toContain(old);
  await expectSealedWith(now);
  await expect(expectSealedWith(old)).rejects.toThrow();
  expect(existsSync(join(dataDir, 'start.json'))).toBe(false);
});

test('a key from a file is taken, if it is one', async () => {
  const file = join(dataDir, 'next.key');
  writeFileSync(file, 'not 32 bytes');
  const before = secretsFile();
  expect(await rotate({}, ['--key-file', file])).toEqual({
    code: 1,
    text: `${file} is not 32 bytes in base64. Make a key with: openssl rand -base64 32`,
  });
  expect(secretsFile()).toBe(before);
  writeFileSync(file, `${key(5)}\n`);
  expect((await rotate({}, ['--key-file', file])).code).toBe(0);
  await expectSealedWith(key(5));
  expect(loadSecrets(dataDir).APP_ENCRYPTION_KEY).toBe(key(5));
});

test.each(['before', 'after'])('cut off %s the database, it goes on', async (when) => {
  const { next } = beginKeyChange(dataDir, undefined);
  if (when === 'after') await seal(next);
  expect((await rotate()).code).toBe(0);
  await expectSealedWith(next);
  expect(loadSecrets(dataDir)).toMatchObject({ APP_ENCRYPTION_KEY: next });
  expect(loadSecrets(dataDir)).not.toHaveProperty('APP_ENCRYPTION_KEY_NEXT');
});

test('killed as soon as the new key is on the disk, a key that opens is always there', async () => {
  const program = begin();
  while (!secretsFile().includes('APP_ENCRYPTION_KEY_NEXT')) await sleep(2);
  program.signal('SIGKILL');
  await program.ended;
  const left = loadSecrets(dataDir);
  const known = [left.APP_ENCRYPTION_KEY, left.APP_ENCRYPTION_KEY_NEXT ?? ''];
  const opens = await Promise.allSettled(known.map(expectSealedWith));
  expect(opens.map(({ status }) => status)).toContain('fulfilled');
  expect((await rotate()).code).toBe(0);
  await expectSealedWith(loadSecrets(dataDir).APP_ENCRYPTION_KEY);
  if (left.APP_ENCRYPTION_KEY_NEXT) await expectSealedWith(left.APP_ENCRYPTION_KEY_NEXT);
});

test('a running app is stopped first; a folder without installation has no key', async () => {
  const before = secretsFile();
  const lock = await takeLock(dataDir, { url: 'http://localhost:3000', launchers: [] });
  expect(await rotate()).toEqual({
    code: 1,
    text: 'Apprentice is running from this folder at http://localhost:3000. Stop it with Ctrl-C where it was started, then run npm run rotate-key again.',
  });
  lock.release();
  expect(secretsFile()).toBe(before);
  const empty = makeDataDir('empty');
  expect((await rotate({ DATA_DIR: empty })).text).toContain(
    `There is no installation in ${empty}.`,
  );
  removeDataDir(empty);
});

test('a key of the environment is changed with both given', async () => {
  await seal(key(7));
  const before = secretsFile();
  const alone = await rotate({ APP_ENCRYPTION_KEY: key(7) });
  expect(alone.code).toBe(1);
  expect(alone.text).toContain('which this program cannot change');
  await expectSealedWith(key(7));
  const wrong = await rotate({ APP_ENCRYPTION_KEY: key(6), APP_ENCRYPTION_KEY_NEXT: key(8) });
  expect(wrong).toEqual({
    code: 1,
    text: 'None of the 1 stored secrets opens with APP_ENCRYPTION_KEY: another key sealed them. Nothing was changed.',
  });
  await expectSealedWith(key(7));
  const both = await rotate({ APP_ENCRYPTION_KEY: key(7), APP_ENCRYPTION_KEY_NEXT: key(8) });
  expect(both.text).toContain('Now set APP_ENCRYPTION_KEY to the new key');
  expect(both.code).toBe(0);
  await expectSealedWith(key(8));
  expect(secretsFile()).toBe(before);
});
