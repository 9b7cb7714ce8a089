import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { faults } from './fault.mjs';

/**
 * Everything secret that this installation makes for itself, once.
 * @typedef {{
 *   NEXTAUTH_SECRET: string,
 *   APP_ENCRYPTION_KEY: string,
 *   NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: string,
 *   SIGNING_KEY: string,
 *   POSTGRES_SUPERUSER_PASSWORD: string,
 *   POSTGRES_OWNER_PASSWORD: string,
 *   POSTGRES_APP_PASSWORD: string,
 * }} Secrets
 */

/** @returns {Secrets} */
function newSecrets() {
  const { privateKey } = generateKeyPairSync('ed25519');
  return {
    NEXTAUTH_SECRET: randomBytes(32).toString('base64url'),
    APP_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    SIGNING_KEY: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    POSTGRES_SUPERUSER_PASSWORD: randomBytes(24).toString('base64url'),
    POSTGRES_OWNER_PASSWORD: randomBytes(24).toString('base64url'),
    POSTGRES_APP_PASSWORD: randomBytes(24).toString('base64url'),
  };
}

/**
 * Reads `secrets.json` of the data folder, making it (or what a newer version adds to it) when
 * missing. Only its owner can read the file; a kill in the middle leaves the old one or none.
 * @param {string} dataDir
 * @returns {Secrets}
 */
export function loadSecrets(dataDir) {
  const file = join(dataDir, 'secrets.json');
  /** @type {Partial<Secrets>} */
  let stored = {};
  if (existsSync(file)) {
    try {
      stored = JSON.parse(readFileSync(file, 'utf8'));
    } catch {
      throw faults.secretsUnreadable(file);
    }
    chmodSync(file, 0o600);
  }
  const made = newSecrets();
  const secrets = { ...made, ...stored };
  if (Object.keys(made).some((name) => !(name in stored))) {
    const temporary = `${file}.${process.pid}`;
    writeFileSync(temporary, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
    renameSync(temporary, file);
  }
  return secrets;
}
