// What `npm start` and `npm run dev` share: secrets, database, migrations, environment.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkDatabase } from './database-url.mjs';
import { meansDiskFull, requireSpace } from './disk.mjs';
import { appSecrets } from './environment.mjs';
import { faults, StartFault } from './fault.mjs';
import { runJob } from './jobs.mjs';
import { root } from './paths.mjs';
import { startCluster } from './postgres.mjs';
import { preparePostgresHome } from './postgres-home.mjs';
import { prepareDatabase } from './postgres-roles.mjs';
import { say } from './progress.mjs';
import { loadSecrets } from './secrets.mjs';

const neededBytes = 300_000_000;

/**
 * Makes a database ready to be migrated: the one of DATABASE_URL, or the embedded one.
 * @param {string} dataDir @param {NodeJS.ProcessEnv} env
 * @param {(cluster: import('./postgres.mjs').Cluster) => void} onCluster
 */
export async function openDatabase(dataDir, env, onCluster) {
  requireSpace(dataDir, neededBytes, 'the database');
  const secrets = writingTo(dataDir, () => loadSecrets(dataDir));
  if (env.DATABASE_URL) {
    const directUrl = env.DATABASE_DIRECT_URL || env.DATABASE_URL;
    await checkDatabase('DATABASE_URL', env.DATABASE_URL);
    if (directUrl !== env.DATABASE_URL) await checkDatabase('DATABASE_DIRECT_URL', directUrl);
    return { databaseUrl: env.DATABASE_URL, directUrl, appDirectUrl: directUrl, secrets };
  }
  const place = preparePostgresHome(dataDir, 'postgres');
  if (place.moved && !existsSync(place.cluster)) {
    say(
      `PostgreSQL does not run as root and cannot enter this folder; its data is kept in ${place.home}.`,
    );
  }
  const cluster = await startCluster(place, {
    password: secrets.POSTGRES_SUPERUSER_PASSWORD,
    dataDir,
    portFile: join(dataDir, 'postgres.port'),
  });
  onCluster(cluster);
  const { databaseUrl, directUrl } = await prepareDatabase(
    cluster.port,
    {
      superuser: secrets.POSTGRES_SUPERUSER_PASSWORD,
      owner: secrets.POSTGRES_OWNER_PASSWORD,
      app: secrets.POSTGRES_APP_PASSWORD,
    },
    'apprentice',
  );
  // The owner's password goes to the migrations alone, so web and worker cannot change the structure.
  return { databaseUrl, directUrl, appDirectUrl: databaseUrl, secrets };
}

/** @template T @param {string} folder @param {() => T} work */
function writingTo(folder, work) {
  try {
    return work();
  } catch (error) {
    throw meansDiskFull(error) ? faults.diskFullNow(folder) : error;
  }
}

/** Brings the database up to date; true when that changed it. @param {string} node @param {string} directUrl */
export async function migrate(node, directUrl) {
  const { code, output, errors } = await runJob(node, [join(root, 'dist/migrate.mjs')], {
    cwd: root,
    env: { ...process.env, DATABASE_DIRECT_URL: directUrl },
  });
  if (code !== 0) throw new StartFault(errors.trim() || output.trim(), code);
  const changed = /^Applied/m.test(output);
  if (changed) say(output.trim());
  return changed;
}

/**
 * @param {{ databaseUrl: string, appDirectUrl: string, secrets: import('./secrets.mjs').Secrets }} database
 * @param {{ dataDir: string, port: number, env: NodeJS.ProcessEnv }} options
 */
export function appEnvironment({ databaseUrl, appDirectUrl, secrets }, { dataDir, port, env }) {
  const appUrl = env.APP_URL || `http://localhost:${port}`;
  return {
    ...appSecrets(secrets, env),
    ...env,
    DATABASE_URL: databaseUrl,
    DATABASE_DIRECT_URL: appDirectUrl,
    DATA_DIR: dataDir,
    APP_URL: appUrl,
    NEXTAUTH_URL: appUrl,
    NEXT_TELEMETRY_DISABLED: '1',
    HOSTNAME: env.HOST || '127.0.0.1',
    PORT: String(port),
  };
}

/** Remembers what programs beside the running app need to know. @param {string} dataDir @param {string} url */
export const recordAddress = (dataDir, url) => writeFileSync(join(dataDir, 'app.url'), `${url}\n`);
