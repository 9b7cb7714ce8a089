// `npm start`: from a fresh checkout, or any later state, to a running app and one link. Begins with
// nothing but Node 20; everything it needs beyond that it installs or starts itself.
import { existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { meansDiskFull } from './start/disk.mjs';
import { faults, StartFault } from './start/fault.mjs';
import { install, isInstalled } from './start/install.mjs';
import { endJobs, recordJobs, runJob } from './start/jobs.mjs';
import { launchers, watchLaunchers } from './start/launchers.mjs';
import { endRecorded, recordFolder, takeLock } from './start/lock.mjs';
import { projectNode, underProjectNode } from './start/node.mjs';
import { webFlags, workerFlags } from './start/node-flags.mjs';
import { dataDirectory, root } from './start/paths.mjs';
import { sleep } from './start/processes.mjs';
import { say } from './start/progress.mjs';

/** What has to be stopped, in the order in which it is. @type {Partial<Record<'web' | 'worker' | 'trainer' | 'recorded' | 'postgres' | 'lock', () => unknown>>} */
const stops = {};

/** @param {NodeJS.ProcessEnv} env */
function readPort(env) {
  const text = env.PORT || '3000';
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) throw faults.portInvalid(text);
  return port;
}

/** @param {number} port @param {string} host */
function requirePort(port, host) {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', () => fail(faults.portTaken(port)));
    server.listen(port, host, () => server.close(() => done(undefined)));
  });
}

/** Waits until the app answers. A 503 names what is missing; it is given half a minute to pass. @param {number} port @param {string} host @param {{ deaths: number, log: string }} web */
async function waitForApp(port, host, web) {
  const { tail } = await import('./start/postgres.mjs');
  const deadline = Date.now() + 60_000;
  let status = 0;
  while (Date.now() < deadline) {
    if (web.deaths >= 3) throw faults.childKeepsDying('web', web.log, tail(web.log, 20));
    try {
      const address = host === '0.0.0.0' ? '127.0.0.1' : host;
      ({ status } = await fetch(`http://${address}:${port}/api/health`, { redirect: 'manual' }));
      if (status !== 503) return;
    } catch {
      // Not listening yet.
    }
    await sleep(100);
  }
  if (status === 0) throw faults.childKeepsDying('web', web.log, tail(web.log, 20));
  say('The app answers, but its worker does not yet; see the health page and the logs.');
}

/** @param {string} node @param {string} name @param {string[]} args @param {NodeJS.ProcessEnv} env */
async function runProgram(node, name, args, env) {
  const program = join(root, `dist/${name}.mjs`);
  if (!existsSync(program)) return '';
  const { code, output, errors } = await runJob(node, [program, ...args], { cwd: root, env });
  if (code !== 0) throw new StartFault(`${name} failed: ${errors.trim() || output.trim()}`);
  return output.trim();
}

/** @param {NodeJS.ProcessEnv} env */
async function start(env) {
  const node = projectNode();
  const port = readPort(env);
  const host = env.HOST || '127.0.0.1';
  const dataDir = dataDirectory(env);
  const url = env.APP_URL || `http://localhost:${port}`;
  const lock = await takeLock(dataDir, { url, launchers: launchers() });
  stops.lock = () => lock.release();
  await requirePort(port, host);

  const { appEnvironment, migrate, openDatabase, recordAddress } = await import(
    './start/services.mjs'
  );
  const { stopCluster } = await import('./start/postgres.mjs');
  const database = await openDatabase(dataDir, env, (cluster) => {
    lock.record('postgres', cluster.id);
    stops.postgres = () => stopCluster(cluster);
  });
  if (database.secrets.APP_ENCRYPTION_KEY_NEXT)
    say('A change of the key of stored secrets was cut off; npm run rotate-key finishes it.');
  const childEnv = {
    ...appEnvironment(database, { dataDir, port, env }),
    NODE_ENV: 'production',
  };

  const { build, ensurePrograms, isBuilt } = await import('./build.mjs');
  await ensurePrograms();
  const changed = await migrate(node, database.directUrl);
  if (!isBuilt()) await build();
  // From here on everything is written for this user alone.
  process.umask(0o077);
  const seed = async () => {
    if (env.SAMPLE === '0') return;
    const said = await runProgram(node, 'seed', ['--if-empty'], childEnv);
    if (said) say(said);
  };
  // On a new database nobody should see the sample half made; later on there is nothing to wait for.
  if (changed) await seed();

  const { supervise } = await import('./start/supervisor.mjs');
  const logs = join(dataDir, 'logs');
  mkdirSync(logs, { recursive: true });
  const common = { command: node, cwd: root, env: childEnv };
  const web = supervise({
    ...common,
    name: 'web',
    args: [...webFlags, join(root, 'bin/web.mjs')],
    log: join(logs, 'web.log'),
    onStart: (id) => lock.record('web', id),
  });
  stops.web = () => web.stop(1500);
  if (existsSync(join(root, 'dist/worker.mjs'))) {
    const worker = supervise({
      ...common,
      name: 'worker',
      args: [...workerFlags, join(root, 'dist/worker.mjs')],
      log: join(logs, 'worker.log'),
      onStart: (id) => lock.record('worker', id),
    });
    stops.worker = () => worker.stop(2000);
  }
  stops.recorded = () => endRecorded(dataDir, 1500);
  const { prepareTrainer } = await import('./start/trainer.mjs');
  const trainer = prepareTrainer({
    dataDir,
    env: childEnv,
    onProcess: (id) => lock.record('trainer', id),
  });
  stops.trainer = () => trainer.stop(1500);

  const firstLink = async () => {
    if (!changed) await seed();
    return runProgram(node, 'admin-link', ['--if-no-users'], childEnv);
  };
  const [link] = await Promise.all([firstLink(), waitForApp(port, host, web)]);
  recordAddress(dataDir, url);
  say(
    link
      ? `Apprentice is ready. Open this link to become its first admin:\n${link}`
      : `Apprentice is ready: ${url}`,
  );
}

let stopping = false;

/** Stops what this start started, in order, and ends. @param {number} code */
async function stop(code) {
  if (stopping) return;
  stopping = true;
  // Whatever hangs, the person gets the prompt back.
  setTimeout(() => process.exit(code || 1), 8000).unref();
  await endJobs();
  for (const name of /** @type {const} */ ([
    'web',
    'worker',
    'trainer',
    'recorded',
    'postgres',
    'lock',
  ])) {
    await Promise.resolve(stops[name]?.()).catch((error) => console.error(error));
  }
  process.exit(code);
}

/** @param {unknown} error */
async function fail(error) {
  if (stopping) return;
  const known =
    meansDiskFull(error) && !(error instanceof StartFault)
      ? faults.diskFullNow(dataDirectory())
      : error;
  console.error(known instanceof StartFault ? known.message : known);
  await stop(known instanceof StartFault ? known.exitCode : 1);
}

const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

function onSignal() {
  if (!stopping) say('Stopping…');
  void stop(0);
}

async function main() {
  for (const signal of signals) process.on(signal, onSignal);
  // Whoever read our lines may be gone; what runs is stopped in order all the same.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  await recordJobs(recordFolder(dataDirectory()));
  if (!isInstalled()) {
    // Asked again under the lock; here it spares a person the wait for the packages.
    await requirePort(readPort(process.env), process.env.HOST || '127.0.0.1');
    await install();
  }
  const passedOn = underProjectNode(fileURLToPath(import.meta.url), process.argv.slice(2));
  if (passedOn) {
    // From here the other process answers signals; this one only hands them on.
    for (const signal of signals) process.off(signal, onSignal);
    process.exit(await passedOn);
  }
  watchLaunchers(() => stop(0));
  await start(process.env);
}

main().catch(fail);
