import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { meansDiskFull, requireSpace } from './disk.mjs';
import { faults } from './fault.mjs';
import { runJob } from './jobs.mjs';
import { root } from './paths.mjs';
import { meter } from './progress.mjs';

const neededBytes = 1_500_000_000;

/** @typedef {{ version?: string, integrity?: string, link?: boolean, optional?: boolean, os?: string[], cpu?: string[], libc?: string[] }} Locked */

/** @param {string} file @returns {Record<string, Locked>} */
function packages(file) {
  if (!existsSync(file)) return {};
  const all = JSON.parse(readFileSync(file, 'utf8')).packages;
  delete all[''];
  return all;
}

const locked = () => packages(join(root, 'package-lock.json'));

/** npm writes this list last, so an installation that was killed has none. */
const installed = () => packages(join(root, 'node_modules/.package-lock.json'));

/** @param {string[] | undefined} list @param {string} value */
const fits = (list, value) => !list || list.includes(value) || list.some((x) => x.startsWith('!'));

/** Whether npm installs this package on this machine. @param {Locked} entry */
const belongsHere = ({ os, cpu }) => fits(os, process.platform) && fits(cpu, process.arch);

/** Whether node_modules holds what the lock asks for. */
export function isInstalled() {
  const present = installed();
  return Object.entries(locked()).every(([path, entry]) => {
    const found = present[path];
    if (!found) return entry.optional === true || entry.link === true;
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

/** Installs from the lock without install scripts, counting the packages that have arrived. */
export async function install() {
  requireSpace(root, neededBytes, 'installing the packages');
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  const wanted = Object.entries(locked()).filter(([, entry]) => belongsHere(entry) && !entry.libc);
  const manifests = wanted.map(([path]) => join(root, path, 'package.json'));
  const show = meter('Installing packages');
  let seen = 0;
  // npm first clears the folder: what lay there before the first drop is not progress.
  const timer = setInterval(() => {
    seen = manifests.filter((file) => existsSync(file)).length;
    show.update(seen, manifests.length);
  }, 1000);
  const npm = process.env.npm_execpath?.endsWith('.js')
    ? { command: process.execPath, first: [process.env.npm_execpath] }
    : { command: 'npm', first: [] };
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  // Three quick tries tell a missing network within half a minute; npm's own defaults take minutes.
  args.push('--fetch-retries=2', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=4000');
  try {
    const { code, errors } = await runJob(npm.command, [...npm.first, ...args], {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'development' },
    });
    if (code !== 0) throw installFault(errors);
  } finally {
    clearInterval(timer);
    show.end();
  }
}

/** @param {string} errors */
export function installFault(errors) {
  if (meansDiskFull(errors)) return faults.diskFullNow(root);
  const network =
    /\b(ENOTFOUND|ECONNREFUSED|ECONNRESET|EAI_AGAIN|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|FETCH_ERROR)\b|network request to .* failed/i;
  if (network.test(errors)) return faults.noRegistry();
  return faults.installFailed(errors.trim().split('\n').slice(-12).join('\n'));
}
