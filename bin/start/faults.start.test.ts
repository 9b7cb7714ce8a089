import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../tests/database';
import { makeDataDir, removeDataDir, startApp } from '../../tests/installation.mjs';
import { projectNode } from './node.mjs';
import { root } from './paths.mjs';
import { freePort } from './postgres.mjs';

let dataDir = '';
let port = '';

beforeEach(async () => {
  dataDir = makeDataDir('fault');
  port = String(await freePort());
});

afterEach(() => removeDataDir(dataDir));

/** Starts, waits for the end, and gives what the person read. */
async function startAndEnd(
  env: Record<string, string>,
  program?: { command: string; args: string[] },
) {
  const app = startApp({ DATA_DIR: dataDir, PORT: port, APPRENTICE_TRAINER: '0', ...env }, program);
  const code = await app.ended;
  return { code, text: app.output.trim() };
}

describe('the port', () => {
  let other: Server;
  beforeEach(async () => {
    other = createServer();
    await new Promise<void>((done) => other.listen(Number(port), '127.0.0.1', done));
  });
  afterEach(() => new Promise<void>((done) => other.close(() => done())));

  test('is taken', async () => {
    expect(await startAndEnd({})).toEqual({
      code: 1,
      text: `Port ${port} is in use by another program. Stop that program, or start Apprentice on another port: PORT=${Number(port) + 1} npm start`,
    });
  });

  test('is no port', async () => {
    expect(await startAndEnd({ PORT: '80a' })).toEqual({
      code: 1,
      text: 'PORT is "80a", which is not a port number. Set it to a number between 1 and 65535, or leave it out for 3000.',
    });
  });
});

describe('DATABASE_URL', () => {
  let database: TestDatabase;
  let address: URL;
  beforeAll(async () => {
    database = await createTestDatabase();
    address = new URL(database.directUrl);
  });
  afterAll(() => database.drop());

  test('is no address', async () => {
    expect(await startAndEnd({ DATABASE_URL: 'localhost/apprentice' })).toEqual({
      code: 1,
      text: 'DATABASE_URL is not a PostgreSQL address. It should look like postgresql://user:password@host:5432/database.',
    });
  });

  test('points where no database answers', async () => {
    const nobody = await freePort();
    const url = `postgresql://app:secret@127.0.0.1:${nobody}/apprentice`;
    expect(await startAndEnd({ DATABASE_URL: url })).toEqual({
      code: 1,
      text: `No database answers at 127.0.0.1:${nobody}, where DATABASE_URL points. Check that PostgreSQL is running there and that the host and port are right.`,
    });
  });

  test('has the wrong password', async () => {
    const url = new URL(address);
    url.password = 'wrong';
    expect(await startAndEnd({ DATABASE_URL: url.href })).toEqual({
      code: 1,
      text: `The database at ${address.host} does not accept the user name and password in DATABASE_URL (user "apprentice_owner"). Correct them, then run npm start again.`,
    });
  });

  test('names no database', async () => {
    const url = new URL(address);
    url.pathname = '/nowhere';
    expect(await startAndEnd({ DATABASE_URL: url.href })).toEqual({
      code: 1,
      text: `There is no database "nowhere" at ${address.host}, where DATABASE_URL points. Create it, or correct the name, then run npm start again.`,
    });
  });

  test('leads to a database that is newer than the code', async () => {
    await database.ownerSql(
      `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
       VALUES ('later', 'x', now(), '9999_from_the_future', now(), 1)`,
    );
    expect(await startAndEnd({ DATABASE_URL: database.directUrl })).toEqual({
      code: 3,
      text: 'The database is newer than this version of Apprentice: it holds a change that this version does not know (9999_from_the_future). Start the newer version, or restore a backup that was made with this one.',
    });
  });
});

test('the disk is full', async () => {
  const small = join(dataDir, 'small');
  mkdirSync(small);
  const script = `mount -t tmpfs -o size=60m tmpfs "$1" && exec "$2" "$3"`;
  const { code, text } = await startAndEnd(
    { DATA_DIR: small },
    {
      command: 'unshare',
      args: ['-rm', 'sh', '-c', script, 'sh', small, projectNode(), join(root, 'bin/start.mjs')],
    },
  );
  expect(text).toMatch(
    new RegExp(
      `^The disk that holds ${small} has 6\\d MB free, and the database needs 300 MB\\. Free some space, then run npm start again\\.$`,
    ),
  );
  expect(code).toBe(1);
});

test('the secrets do not fit the database', async () => {
  const first = startApp({ DATA_DIR: dataDir, PORT: port, APPRENTICE_TRAINER: '0' });
  await first.waitFor(/Apprentice is ready/, 60_000);
  expect(await first.stop()).toBe(0);
  rmSync(join(dataDir, 'secrets.json'));
  const { code, text } = await startAndEnd({});
  expect(text).toMatch(
    /^The file \S+\/secrets\.json does not fit the database in \S+: its passwords are refused\. Put the secrets\.json that belongs to this database back, then run npm start again\.$/,
  );
  expect(code).toBe(1);
});

test('no Python: the app starts, and says that only training is missing', async () => {
  const nothing = join(dataDir, 'nothing');
  mkdirSync(nothing);
  const app = startApp({ DATA_DIR: dataDir, PORT: port, PATH: nothing, SAMPLE: '0' });
  await app.waitFor(/Apprentice is ready/, 60_000);
  const sentence =
    'Training is not available: there is no Python 3.10 or newer with venv on this machine.';
  const hint = 'Install Python 3.10 or newer with its venv module, then run npm start again.';
  expect(app.output.split('\n')).toContain(`${sentence} ${hint}`);
  expect(JSON.parse(readFileSync(join(dataDir, 'trainer/state.json'), 'utf8'))).toMatchObject({
    state: 'failed',
    message: sentence,
    hint,
  });
  expect(await app.stop()).toBe(0);
});

test('no network to the package registry', async () => {
  const checkout = mkdtempSync(join(tmpdir(), 'apprentice-checkout-'));
  try {
    for (const name of ['package.json', 'package-lock.json', 'bin']) {
      cpSync(join(root, name), join(checkout, name), { recursive: true });
    }
    const nobody = await freePort();
    const { code, text } = await startAndEnd(
      {
        npm_config_registry: `http://127.0.0.1:${nobody}/`,
        npm_config_cache: join(checkout, 'cache'),
      },
      { command: projectNode(), args: [join(checkout, 'bin/start.mjs')] },
    );
    expect(text.split('\n').at(-1)).toBe(
      'The packages could not be downloaded because the package registry does not answer. Check the network connection, and the proxy or registry setting of npm, then run npm start again.',
    );
    expect(code).toBe(1);
  } finally {
    rmSync(checkout, { recursive: true, force: true });
  }
});
