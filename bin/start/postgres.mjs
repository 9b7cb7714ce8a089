// The embedded PostgreSQL: made once, started in a process group of its own so that neither Ctrl-C
// nor the death of the start program takes it down unordered, and adopted when it outlived one.
import { spawn } from 'node:child_process';
import {
  chownSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { meansDiskFull } from './disk.mjs';
import { faults } from './fault.mjs';
import {
  commandLine,
  identify,
  isAlive,
  pidIsTaken,
  processesIn,
  signalGroup,
  sleep,
  waitForEnd,
} from './processes.mjs';

/** @typedef {import('./postgres-home.mjs').PostgresHome} PostgresHome */
/** @typedef {import('./processes.mjs').ProcessId} ProcessId */
/** @typedef {{ id: ProcessId, port: number, adopted: boolean, place: PostgresHome }} Cluster */

const superuser = 'postgres';
const logLimit = 10_000_000;

/** @param {string} file @param {number} [lines] */
export function tail(file, lines = 8) {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '(nothing was written)';
  }
}

/** Asks the system for a port that nobody listens on. @param {number} [preferred] */
export async function freePort(preferred) {
  for (const wanted of preferred ? [preferred, 0] : [0]) {
    const port = await new Promise((done) => {
      const server = createServer();
      server.once('error', () => done(0));
      server.listen(wanted, '127.0.0.1', () => {
        const address = server.address();
        server.close(() => done(address && typeof address === 'object' ? address.port : 0));
      });
    });
    if (port) return /** @type {number} */ (port);
  }
  throw new Error('The system gave no free port.');
}

/** @param {PostgresHome} place @param {string} program @param {string[]} args @param {string} log @param {boolean} detached */
function launch(place, program, args, log, detached) {
  const output = openSync(log, 'a', 0o600);
  try {
    return spawn(join(place.bin, program), args, {
      ...place.user,
      cwd: '/',
      detached,
      stdio: ['ignore', output, output],
      env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', TZ: 'UTC' },
    });
  } finally {
    closeSync(output);
  }
}

/** Makes the cluster beside its place and moves it there when it is whole. @param {PostgresHome} place @param {string} password @param {string} log @param {boolean} durable */
async function makeCluster(place, password, log, durable) {
  const temporary = `${place.cluster}.new`;
  rmSync(temporary, { recursive: true, force: true });
  const passwordFile = join(place.home, 'password.new');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (place.user) chownSync(passwordFile, place.user.uid, place.user.gid);
  const code = await new Promise((done, fail) => {
    const args = ['-D', temporary, '--encoding=UTF8', '--locale=C.UTF-8'];
    args.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8');
    args.push('--auth=scram-sha-256', `--username=${superuser}`, `--pwfile=${passwordFile}`);
    args.push('--no-instructions', ...(durable ? [] : ['--no-sync']));
    launch(place, 'initdb', args, log, false).once('error', fail).once('exit', done);
  });
  rmSync(passwordFile, { force: true });
  if (code !== 0) throw serverFault(place, log);
  renameSync(temporary, place.cluster);
}

/** @param {PostgresHome} place @param {string} log */
function serverFault(place, log) {
  const text = tail(log);
  return meansDiskFull(text) ? faults.diskFullNow(place.home) : faults.postgresFailed(log, text);
}

/**
 * What `postmaster.pid` says, if it speaks of a server of this cluster that is alive. PostgreSQL
 * itself deals with a file whose pid is gone. It stops at one whose pid now belongs to another
 * program, or to the unburied remains of the server (as below a first process that buries nobody):
 * then the file is removed, once no process works in the cluster any more.
 * @param {PostgresHome} place
 */
async function runningServer(place) {
  const file = join(place.cluster, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  const id = identify(pid);
  if (id && commandLine(pid).includes(place.cluster)) return { id, port: Number(lines[3]) };
  if (!id && !pidIsTaken(pid)) return undefined;
  for (let tries = 0; tries < 100 && processesIn(place.cluster).length > 0; tries++)
    await sleep(50);
  if (processesIn(place.cluster).length === 0) rmSync(file, { force: true });
  return undefined;
}

/** @param {number} port @param {string} password @param {string} [database] */
export const superuserUrl = (port, password, database = 'postgres') =>
  `postgresql://${superuser}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;

/**
 * Runs statements over one connection. `pg` is loaded late: the start program begins without packages.
 * @template T @param {string} url @param {(client: import('pg').Client) => Promise<T>} work
 */
export async function withClient(url, work) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Waits until the server answers. @param {ProcessId} id @param {string} url @returns {Promise<'ready' | 'ended' | 'refused'>} */
async function waitUntilReady(id, url) {
  const deadline = Date.now() + 60_000;
  for (;;) {
    try {
      await withClient(url, (client) => client.query('SELECT 1'));
      return 'ready';
    } catch (error) {
      const code = /** @type {{ code?: string }} */ (error).code;
      if (code === '28P01' || code === '28000') return 'refused';
      if (!isAlive(id)) return 'ended';
      if (Date.now() > deadline) throw error;
      await sleep(50);
    }
  }
}

/**
 * Starts the cluster of a home, making it first when there is none, or adopts the running one.
 * @param {PostgresHome} place
 * @param {{ password: string, dataDir: string, portFile: string, durable?: boolean, settings?: Record<string, string> }} options
 * @returns {Promise<Cluster>}
 */
export async function startCluster(
  place,
  { password, dataDir, portFile, durable = true, settings = {} },
) {
  const log = join(place.home, 'server.log');
  if (existsSync(log) && statSync(log).size > logLimit) truncateSync(log, 0);
  if (!existsSync(join(place.cluster, 'PG_VERSION'))) {
    await makeCluster(place, password, log, durable);
  }
  const running = await runningServer(place);
  if (running) {
    const state = await waitUntilReady(running.id, superuserUrl(running.port, password));
    if (state === 'refused') throw faults.secretsLost(dataDir, place.cluster);
    if (state === 'ready') return { ...running, adopted: true, place };
  }
  const recorded = existsSync(portFile) ? Number(readFileSync(portFile, 'utf8')) : undefined;
  for (let attempt = 1; ; attempt++) {
    const port = await freePort(attempt === 1 ? recorded : undefined);
    const values = {
      listen_addresses: '127.0.0.1',
      port: String(port),
      unix_socket_directories: '',
      max_connections: '100',
      timezone: 'UTC',
      log_timezone: 'UTC',
      log_min_messages: 'warning',
      // Statements and details can hold people's texts; they do not belong in a log file.
      log_min_error_statement: 'panic',
      log_error_verbosity: 'terse',
      ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
      ...settings,
    };
    const args = Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const child = launch(place, 'postgres', ['-D', place.cluster, ...args], log, true);
    await new Promise((done, fail) => child.once('spawn', done).once('error', fail));
    child.unref();
    const id = identify(/** @type {number} */ (child.pid));
    const state = id ? await waitUntilReady(id, superuserUrl(port, password)) : 'ended';
    if (state === 'refused') {
      if (id) await stopCluster({ id });
      throw faults.secretsLost(dataDir, place.cluster);
    }
    if (id && state === 'ready') {
      writeFileSync(portFile, `${port}\n`);
      return { id, port, adopted: false, place };
    }
    // Children of a killed server need a moment to notice; a port can be lost to somebody faster.
    const retry = /shared memory block|Address already in use|could not bind/.test(tail(log, 6));
    if (!retry || attempt >= 20) throw serverFault(place, log);
    await sleep(250);
  }
}

/**
 * Stops in the order of PostgreSQL: fast, then immediate, then by force.
 * @param {{ id: ProcessId }} cluster @param {{ fastMs?: number, immediateMs?: number }} [limits]
 */
export async function stopCluster({ id }, { fastMs = 1800, immediateMs = 500 } = {}) {
  if (!isAlive(id)) return;
  process.kill(id.pid, 'SIGINT');
  if (await waitForEnd(id, fastMs)) return;
  if (isAlive(id)) process.kill(id.pid, 'SIGQUIT');
  if (await waitForEnd(id, immediateMs)) return;
  signalGroup(id.pid, 'SIGKILL');
}
