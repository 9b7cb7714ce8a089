// `npm run rotate-key [-- --key-file FILE]`: seals every stored secret with another key. The app must
// be stopped. The next key stands beside the present one in secrets.json until the database, in one
// transaction, is sealed with it; run again after a kill, it goes on. A key of the environment is
// changed by whoever set it, so there both keys are given.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { faults, StartFault } from './start/fault.mjs';
import { install, isInstalled } from './start/install.mjs';
import { endJobs, runJob } from './start/jobs.mjs';
import { takeLock } from './start/lock.mjs';
import { projectNode, underProjectNode } from './start/node.mjs';
import { dataDirectory, root } from './start/paths.mjs';

/** @param {string} text @param {string} where it came from */
function requireKey(text, where) {
  const key = text.trim();
  const bytes = Buffer.from(key, 'base64');
  if (bytes.length !== 32 || bytes.toString('base64') !== key) throw faults.keyInvalid(where);
  return key;
}

/** The key to change to, where somebody chose one. @param {string | undefined} file @param {NodeJS.ProcessEnv} env */
function chosenKey(file, env) {
  if (!file) {
    const next = env.APP_ENCRYPTION_KEY_NEXT;
    return next ? requireKey(next, 'APP_ENCRYPTION_KEY_NEXT') : undefined;
  }
  const path = resolve(env.INIT_CWD ?? process.cwd(), file);
  let text = '';
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw faults.keyFileUnreadable(path);
  }
  return requireKey(text, path);
}

/** Both keys of an environment that gives them. @param {string} present @param {string | undefined} chosen */
function keysOfEnvironment(present, chosen) {
  const current = requireKey(present, 'APP_ENCRYPTION_KEY');
  if (!chosen) throw faults.keyOfEnvironment();
  if (chosen === current) throw faults.keyIsPresent();
  return { current, next: chosen };
}

/** @param {NodeJS.ProcessEnv} env */
async function reseal(env) {
  const { code, output, errors } = await runJob(projectNode(), [resolve(root, 'dist/reseal.mjs')], {
    cwd: root,
    env,
  });
  if (code !== 0) throw new StartFault(errors.trim() || 'It was stopped; run it again.', code);
  return Number(output.trim());
}

/** @param {string | undefined} keyFile @param {NodeJS.ProcessEnv} env */
async function rotate(keyFile, env) {
  const chosen = chosenKey(keyFile, env);
  const given = env.APP_ENCRYPTION_KEY && keysOfEnvironment(env.APP_ENCRYPTION_KEY, chosen);
  const dataDir = dataDirectory(env);
  const { beginKeyChange, endKeyChange, hasSecrets } = await import('./start/secrets.mjs');
  if (!given && !hasSecrets(dataDir)) throw faults.nothingInstalled(dataDir);
  const { ensurePrograms } = await import('./build.mjs');
  await ensurePrograms();
  const { appEnvironment, migrate, openDatabase } = await import('./start/services.mjs');
  const { stopCluster } = await import('./start/postgres.mjs');
  const lock = await takeLock(dataDir, { url: '', launchers: [], work: 'npm run rotate-key' });
  /** @type {import('./start/postgres.mjs').Cluster | undefined} */
  let cluster;
  try {
    const database = await openDatabase(dataDir, env, (started) => {
      cluster = started;
      lock.record('postgres', started.id);
    });
    await migrate(projectNode(), database.directUrl);
    const keys = given || beginKeyChange(dataDir, chosen);
    const secrets = await reseal({
      ...appEnvironment(database, { dataDir, port: 3000, env }),
      NODE_ENV: 'production',
      APP_ENCRYPTION_KEY: keys.current,
      APP_ENCRYPTION_KEY_NEXT: keys.next,
    });
    if (!given) endKeyChange(dataDir);
    console.log(
      `All stored secrets (${secrets}) are sealed with the new key; the old one opens none.`,
    );
  } finally {
    if (cluster) await stopCluster(cluster);
    lock.release();
  }
  console.log(
    given
      ? 'Now set APP_ENCRYPTION_KEY to the new key, take APP_ENCRYPTION_KEY_NEXT away, and start the app. Keep the old key as long as backups that need it.'
      : 'Start the app with npm start, and make a backup: older ones hold the old key.',
  );
}

/** @returns {{ keyFile?: string }} */
function readArguments() {
  try {
    const { values } = parseArgs({ options: { 'key-file': { type: 'string' } } });
    return { keyFile: values['key-file'] };
  } catch {
    console.error('Use: npm run rotate-key [-- --key-file FILE]');
    process.exit(2);
  }
}

const { keyFile } = readArguments();
try {
  if (!isInstalled()) await install();
  const passedOn = underProjectNode(fileURLToPath(import.meta.url), process.argv.slice(2));
  if (passedOn) process.exitCode = await passedOn;
  else {
    // What is under way ends first: the half of a transaction is none.
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
      process.on(signal, () => void endJobs());
    await rotate(keyFile, process.env);
  }
} catch (error) {
  console.error(error instanceof StartFault ? error.message : error);
  process.exitCode = 1;
}
