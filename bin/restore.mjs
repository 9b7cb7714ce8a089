// `npm run restore -- FOLDER`: a backup into an empty data folder, by the same steps as a first
// start: secrets, database, migrations; then the tables. Nothing is started that was under way.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartFault } from './start/fault.mjs';
import { install, isInstalled } from './start/install.mjs';
import { runJob } from './start/jobs.mjs';
import { projectNode, underProjectNode } from './start/node.mjs';
import { isRoot, root } from './start/paths.mjs';

/** @param {string[]} args @param {NodeJS.ProcessEnv} [env] */
async function half(args, env = {}) {
  const { code, output, errors } = await runJob(
    projectNode(),
    [join(root, 'dist/restore-database.mjs'), ...args],
    { cwd: root, env: { ...process.env, ...env } },
  );
  if (code !== 0) throw new StartFault(errors.trim() || output.trim(), code ?? 1);
  if (output.trim()) console.log(output.trim());
}

/** @param {string} folder @param {NodeJS.ProcessEnv} env */
async function restore(folder, env) {
  // Not through dataDirectory(): nothing may be written there before it is known to be empty.
  const dataDir = resolve(root, env.DATA_DIR || '.data');
  const { ensurePrograms } = await import('./build.mjs');
  await ensurePrograms();
  mkdirSync(dataDir, { recursive: true, mode: isRoot ? 0o711 : 0o700 });
  await half(['files', folder, dataDir]);
  const { migrate, openDatabase } = await import('./start/services.mjs');
  const { stopCluster } = await import('./start/postgres.mjs');
  /** @type {import('./start/postgres.mjs').Cluster | undefined} */
  let cluster;
  try {
    const database = await openDatabase(dataDir, env, (started) => {
      cluster = started;
    });
    await migrate(projectNode(), database.directUrl);
    await half(['tables', folder], { DATABASE_DIRECT_URL: database.directUrl });
  } finally {
    if (cluster) await stopCluster(cluster);
  }
  console.log('Start it with npm start; npm run verify-audit follows its record.');
}

const [folder, ...more] = process.argv.slice(2);
if (!folder || more.length > 0) {
  console.error('Use: npm run restore -- FOLDER');
  process.exit(2);
}
try {
  if (!isInstalled()) await install();
  const passedOn = underProjectNode(fileURLToPath(import.meta.url), process.argv.slice(2));
  if (passedOn) process.exitCode = await passedOn;
  else await restore(resolve(process.env.INIT_CWD ?? process.cwd(), folder), process.env);
} catch (error) {
  console.error(error instanceof StartFault ? error.message : error);
  process.exitCode = 1;
}
