import { generateKeyPairSync, randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
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
 *   APP_ENCRYPTION_KEY_NEXT?: string,
 * }} Secrets
 */

/** @returns {Secrets} */
function newSecrets() {
  const { privateKey } = generateKeyPairSync('ed25519');
  return {
    NEXTAUTH_SECRET: randomBytes(32).toString('base64url'),
    APP_ENCRYPTION_KEY: newEncryptionKey(),
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    SIGNING_KEY: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    POSTGRES_SUPERUSER_PASSWORD: randomBytes(24).toString('base64url'),
    POSTGRES_OWNER_PASSWORD: randomBytes(24).toString('base64url'),
    POSTGRES_APP_PASSWORD: randomBytes(24).toString('base64url'),
  };
}

/** @param {string} dataDir */
const fileOf = (dataDir) => join(dataDir, 'secrets.json');

/** @param {string} file @returns {Partial<Secrets>} */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw faults.secretsUnreadable(file);
  }
}

/** Replaces the file at once, on the disk when this returns. @param {string} file @param {Secrets} secrets */
function write(file, secrets) {
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(temporary, file);
  const folder = openSync(dirname(file), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

/**
 * Reads `secrets.json` of the data folder, making it (or what a newer version adds to it) when
 * missing. Only its owner can read the file; a kill in the middle leaves the old one or none.
 * @param {string} dataDir
 * @returns {Secrets}
 */
export function loadSecrets(dataDir) {
  const file = fileOf(dataDir);
  const isThere = existsSync(file);
  const stored = isThere ? read(file) : {};
  if (isThere) chmodSync(file, 0o600);
  const made = newSecrets();
  const secrets = { ...made, ...stored };
  if (Object.keys(made).some((name) => !(name in stored))) write(file, secrets);
  return secrets;
}

/** Whether this data folder is an installation's. @param {string} dataDir */
export const hasSecrets = (dataDir) => existsSync(fileOf(dataDir));

/** A new key to seal stored secrets with. */
export const newEncryptionKey = () => randomBytes(32).toString('base64');

/**
 * Begins to change the key of the stored secrets: puts the next one into the file, beside the
 * present one, which is needed until everything is sealed anew. A change that was cut off goes on
 * with its own key.
 * @param {string} dataDir @param {string | undefined} chosen
 * @throws a sentence where the chosen key is another than the one of a change that was cut off
 */
export function beginKeyChange(dataDir, chosen) {
  const secrets = loadSecrets(dataDir);
  const current = secrets.APP_ENCRYPTION_KEY;
  const pending = secrets.APP_ENCRYPTION_KEY_NEXT;
  if (pending && chosen && pending !== chosen) throw faults.keyChangePending();
  const next = pending ?? chosen ?? newEncryptionKey();
  if (next === current) throw faults.keyIsPresent();
  if (!pending) write(fileOf(dataDir), { ...secrets, APP_ENCRYPTION_KEY_NEXT: next });
  return { current, next };
}

/** Ends the change: the next key is the only one. @param {string} dataDir */
export function endKeyChange(dataDir) {
  const { APP_ENCRYPTION_KEY_NEXT: next, ...secrets } = loadSecrets(dataDir);
  if (next) write(fileOf(dataDir), { ...secrets, APP_ENCRYPTION_KEY: next });
}
