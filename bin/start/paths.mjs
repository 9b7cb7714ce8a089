import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout, found from this file or from the bundle in dist/ that holds it. */
export const root = findRoot(dirname(fileURLToPath(import.meta.url)));

/** @param {string} folder @returns {string} */
function findRoot(folder) {
  const manifest = join(folder, 'package.json');
  if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name === 'apprentice') {
    return folder;
  }
  if (dirname(folder) === folder) throw new Error('No checkout of Apprentice around this program.');
  return findRoot(dirname(folder));
}

export const isRoot = typeof process.getuid === 'function' && process.getuid() === 0;

/**
 * Where this installation keeps everything it writes. Created on first use; as root others may pass
 * through it (PostgreSQL runs as another user) but not list it.
 * @param {NodeJS.ProcessEnv} [env]
 */
export function dataDirectory(env = process.env) {
  const folder = resolve(root, env.DATA_DIR || '.data');
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: isRoot ? 0o711 : 0o700 });
  return folder;
}

/** @param {string} text @param {number} [length] */
export const shortHash = (text, length = 16) =>
  createHash('sha256').update(text).digest('hex').slice(0, length);

/** Where root puts what an unprivileged PostgreSQL must reach when it cannot enter the checkout. */
export const sharedHome = () => join('/var/lib/apprentice', shortHash(root));
