// One embedded PostgreSQL for all tests of this checkout: started on first use, left running and
// adopted by the next run, with nothing synced to disk. It holds one template database per state of
// the migrations folder; each test file clones it, which takes some 50 ms.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../bin/start/paths.mjs';
import { startCluster, stopCluster, superuserUrl, withClient } from '../bin/start/postgres.mjs';
import { preparePostgresHome } from '../bin/start/postgres-home.mjs';
import { prepareDatabase } from '../bin/start/postgres-roles.mjs';
import { identify, isAlive, sleep } from '../bin/start/processes.mjs';

// Nothing of value lives in this cluster and it listens on loopback only.
const passwords = { superuser: 'tests-superuser', owner: 'tests-owner', app: 'tests-app' };
export const testRoles = {
  superuser: (/** @type {number} */ port, /** @type {string} */ database) =>
    superuserUrl(port, passwords.superuser, database),
  owner: (/** @type {number} */ port, /** @type {string} */ database) =>
    `postgresql://apprentice_owner:${passwords.owner}@127.0.0.1:${port}/${database}`,
  app: (/** @type {number} */ port, /** @type {string} */ database) =>
    `postgresql://apprentice_app:${passwords.app}@127.0.0.1:${port}/${database}`,
};

/** The folder is passable so that an unprivileged PostgreSQL can reach it, as `.data` is. */
function testDirectory() {
  const folder = join(root, '.data');
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  return folder;
}

/**
 * Runs work while no other process of ours does the same.
 * @template T @param {string} name @param {() => Promise<T>} work
 */
export async function exclusively(name, work) {
  const lock = join(testDirectory(), `${name}.lock`);
  for (;;) {
    try {
      writeFileSync(lock, JSON.stringify(identify(process.pid)), { flag: 'wx' });
      break;
    } catch (error) {
      if (/** @type {{ code?: string }} */ (error).code !== 'EEXIST') throw error;
      if (isStale(lock)) rmSync(lock, { force: true });
      else await sleep(100);
    }
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** @param {string} lock */
function isStale(lock) {
  try {
    return !isAlive(JSON.parse(readFileSync(lock, 'utf8')));
  } catch {
    // Being written or removed at this moment, unless it has looked like that for a while.
    return (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) < Date.now() - 2000;
  }
}

/** @param {string} folder */
function hashOfMigrations(folder) {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) {
    const file = join(folder, name, 'migration.sql');
    if (statSync(file, { throwIfNoEntry: false })) hash.update(name).update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 12);
}

/** Starts or adopts the test server. @returns {Promise<import('../bin/start/postgres.mjs').Cluster>} */
export async function startTestServer() {
  const dataDir = testDirectory();
  return exclusively('test-postgres', () =>
    startCluster(preparePostgresHome(dataDir, 'test-postgres'), {
      password: passwords.superuser,
      dataDir,
      portFile: join(dataDir, 'test-postgres.port'),
      durable: false,
      settings: { max_connections: '300' },
    }),
  );
}

/** Ends the test server; only for somebody who will not test again soon. */
export async function stopTestServer() {
  await stopCluster(await startTestServer());
}

/**
 * Makes an empty database with both roles and their rights, and nothing migrated.
 * @param {number} port @param {string} name
 */
export const makeEmptyDatabase = (port, name) => prepareDatabase(port, passwords, name);

/**
 * Makes sure that the template for the present migrations exists and that left-over clones of dead
 * processes are gone. `migrate` is handed in because this file is plain JavaScript.
 * @param {(directUrl: string, folder: string) => Promise<unknown>} migrate
 * @returns {Promise<{ port: number, template: string }>}
 */
export async function prepareTemplate(migrate) {
  const { port } = await startTestServer();
  const folder = join(root, 'prisma/migrations');
  const template = `template_${hashOfMigrations(folder)}`;
  const admin = testRoles.superuser(port, 'postgres');
  await exclusively('test-template', async () => {
    const names = await withClient(admin, async (client) => {
      const { rows } = await client.query(
        'SELECT datname FROM pg_database WHERE NOT datistemplate',
      );
      return rows.map((row) => /** @type {string} */ (row.datname));
    });
    if (!names.includes(template)) {
      const unfinished = `${template}_new`;
      await dropDatabase(port, unfinished);
      const { directUrl } = await makeEmptyDatabase(port, unfinished);
      await migrate(directUrl, folder);
      await withClient(admin, (c) => c.query(`ALTER DATABASE ${unfinished} RENAME TO ${template}`));
    }
    for (const name of names) {
      const pid = Number(/^test_(\d+)_/.exec(name)?.[1]);
      if (pid && !identify(pid)) await dropDatabase(port, name);
    }
  });
  return { port, template };
}

/** @param {number} port @param {string} template @param {string} label */
export async function cloneTemplate(port, template, label) {
  const name = `test_${process.pid}_${label}`;
  await withClient(testRoles.superuser(port, 'postgres'), async (client) => {
    // Cloning fails while somebody else clones the same template; that is over in a moment.
    await client.query("SELECT pg_advisory_lock(hashtext('clone'))");
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template} OWNER apprentice_owner`);
    await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
    await client.query(`GRANT CONNECT, TEMPORARY ON DATABASE ${name} TO apprentice_app`);
  });
  return name;
}

/** @param {number} port @param {string} name */
export const dropDatabase = (port, name) =>
  withClient(testRoles.superuser(port, 'postgres'), (client) =>
    client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  );
