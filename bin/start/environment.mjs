import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataDirectory } from './paths.mjs';
import { appRole } from './postgres-roles.mjs';
import { loadSecrets } from './secrets.mjs';

const databaseName = 'apprentice';

/**
 * The secrets that web, worker and programs get; the database's passwords stay behind, and the next
 * key where the environment gives a key that it does not follow.
 * @param {import('./secrets.mjs').Secrets} secrets @param {NodeJS.ProcessEnv} [env]
 */
export function appSecrets(secrets, env) {
  const left = env?.APP_ENCRYPTION_KEY ? /^POSTGRES_|_NEXT$/ : /^POSTGRES_/;
  return Object.fromEntries(Object.entries(secrets).filter(([name]) => !left.test(name)));
}

/** The app's address of the embedded database. @param {number} port @param {import('./secrets.mjs').Secrets} secrets */
export const embeddedUrl = (port, secrets) =>
  `postgresql://${appRole}:${encodeURIComponent(secrets.POSTGRES_APP_PASSWORD)}@127.0.0.1:${port}/${databaseName}`;

/** What a program of this installation runs with, beside a running or stopped app. */
export function installationEnvironment(env = process.env) {
  const dataDir = dataDirectory(env);
  const secrets = loadSecrets(dataDir);
  const portFile = join(dataDir, 'postgres.port');
  const url =
    env.DATABASE_URL ??
    (existsSync(portFile)
      ? embeddedUrl(Number(readFileSync(portFile, 'utf8')), secrets)
      : undefined);
  return {
    ...appSecrets(secrets, env),
    NODE_ENV: 'production',
    APP_URL: `http://localhost:${env.PORT || 3000}`,
    ...env,
    DATA_DIR: dataDir,
    ...(url && { DATABASE_URL: url, DATABASE_DIRECT_URL: env.DATABASE_DIRECT_URL ?? url }),
  };
}
