// `npm run dev`: the app with hot reload and a worker that starts again when its code changes.
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleOptions, ensurePrograms } from './build.mjs';
import { StartFault } from './start/fault.mjs';
import { install, isInstalled } from './start/install.mjs';
import { endJobs } from './start/jobs.mjs';
import { launchers, watchLaunchers } from './start/launchers.mjs';
import { endRecorded, takeLock } from './start/lock.mjs';
import { projectNode, underProjectNode } from './start/node.mjs';
import { workerFlags } from './start/node-flags.mjs';
import { dataDirectory, root } from './start/paths.mjs';
import { endGroup, identify } from './start/processes.mjs';
import { say } from './start/progress.mjs';

/** In the order in which they are run at the end. @type {(() => unknown)[]} */
const stops = [];
let stopping = false;

/** @param {number} code */
async function stop(code) {
  if (stopping) return;
  stopping = true;
  setTimeout(() => process.exit(code || 1), 8000).unref();
  await endJobs();
  for (const end of stops.reverse()) {
    await Promise.resolve(end()).catch((error) => console.error(error));
  }
  process.exit(code);
}

/** @param {NodeJS.ProcessEnv} env */
async function develop(env) {
  const node = projectNode();
  const port = Number(env.PORT || 3000);
  const dataDir = dataDirectory(env);
  const url = env.APP_URL || `http://localhost:${port}`;
  const lock = await takeLock(dataDir, { url, launchers: launchers() });
  stops.push(() => lock.release());
  const { appEnvironment, migrate, openDatabase } = await import('./start/services.mjs');
  const { stopCluster } = await import('./start/postgres.mjs');
  const database = await openDatabase(dataDir, env, (cluster) => {
    lock.record('postgres', cluster.id);
    stops.push(() => stopCluster(cluster));
  });
  await ensurePrograms();
  await migrate(node, database.directUrl);
  const childEnv = {
    ...appEnvironment(database, { dataDir, port, env }),
    NODE_ENV: /** @type {const} */ ('development'),
  };
  stops.push(() => endRecorded(dataDir));
  await startWorker(node, dataDir, childEnv, lock);

  const next = join(root, 'node_modules/next/dist/bin/next');
  const web = spawn(node, [next, 'dev', '-p', String(port), '-H', childEnv.HOSTNAME], {
    cwd: root,
    env: childEnv,
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const id = web.pid === undefined ? undefined : identify(web.pid);
  lock.record('web', id);
  web.once('exit', (code) => void stop(code ?? 1));
  stops.push(() => id && endGroup(id, { graceMs: 1500 }));
}

/** @param {string} node @param {string} dataDir @param {NodeJS.ProcessEnv} env @param {Awaited<ReturnType<typeof takeLock>>} lock */
async function startWorker(node, dataDir, env, lock) {
  const { supervise } = await import('./start/supervisor.mjs');
  const { context } = await import('esbuild');
  // The watcher writes the programs from now on, so what the stamp says of them ends here.
  rmSync(join(root, 'dist/bundle.stamp'), { force: true });
  mkdirSync(join(dataDir, 'logs'), { recursive: true });
  const worker = supervise({
    name: 'worker',
    command: node,
    args: [...workerFlags, join(root, 'dist/worker.mjs')],
    cwd: root,
    env,
    log: join(dataDir, 'logs/worker.log'),
    onStart: (id) => lock.record('worker', id),
  });
  stops.push(() => worker.stop(2000));
  let built = false;
  const options = bundleOptions();
  const watcher = await context({
    ...options,
    plugins: [
      ...(options.plugins ?? []),
      {
        name: 'renew-worker',
        setup(build) {
          build.onEnd(async ({ errors }) => {
            for (const { text, location } of errors) say(`${location?.file}: ${text}`);
            if (errors.length === 0 && built) await worker.renew(2000);
            built = true;
          });
        },
      },
    ],
  });
  await watcher.watch();
  stops.push(() => watcher.dispose());
}

async function main() {
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  const onSignal = () => void stop(0);
  for (const signal of signals) process.on(signal, onSignal);
  if (!isInstalled()) await install();
  const passedOn = underProjectNode(fileURLToPath(import.meta.url), process.argv.slice(2));
  if (passedOn) {
    for (const signal of signals) process.off(signal, onSignal);
    process.exit(await passedOn);
  }
  watchLaunchers(() => void stop(0));
  await develop(process.env);
}

main().catch(async (error) => {
  console.error(error instanceof StartFault ? error.message : error);
  await stop(1);
});
