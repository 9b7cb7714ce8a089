import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { meansDiskFull, requireSpace } from './disk.mjs';
import { faults } from './fault.mjs';
import { runJob } from './jobs.mjs';
import { root } from './paths.mjs';
import { meter } from './progress.mjs';

const neededBytes = 1_500_000_000;
const unreachable =
  /\b(ENOTFOUND|ECONNREFUSED|ECONNRESET|EAI_AGAIN|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|UND_ERR_CONNECT_TIMEOUT)\b/;

/** @typedef {{ version?: string, integrity?: string, link?: boolean, optional?: boolean, os?: string | string[], cpu?: string | string[], libc?: string | string[] }} Locked */

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

/** @param {string | string[] | undefined} names @param {string} value */
function fits(names, value) {
  const list = names ? [names].flat() : [value];
  return list.includes(value) || (list[0]?.startsWith('!') && !list.includes(`!${value}`));
}

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
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const reachable = await registryAnswers();
  // Without a network npm tries every package for itself, which takes minutes; its cache may do.
  args.push(...(reachable ? ['--fetch-retries=2'] : ['--offline']));
  try {
    const { code, errors } = await npm(args);
    if (code !== 0) throw reachable ? installFault(errors) : faults.noRegistry();
  } finally {
    clearInterval(timer);
    show.end();
  }
}

/** Runs the npm that started us, or the one of the machine. @param {string[]} args */
function npm(args) {
  const script = process.env.npm_execpath;
  const own = script?.endsWith('.js') ? [script] : [];
  return runJob(own.length > 0 ? process.execPath : 'npm', [...own, ...args], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'development' },
  });
}

/** Whether the registry gives any answer at all. Behind a proxy only npm can tell. */
async function registryAnswers() {
  const { output } = await npm(['config', 'get', 'registry', 'https-proxy', 'proxy']);
  const text = /** @type {(name: string) => string | undefined} */ (
    (name) => new RegExp(`^${name}=(?!null|undefined)(.+)$`, 'm').exec(output)?.[1]
  );
  const registry = text('registry') ?? output.trim();
  if (text('https-proxy') || text('proxy') || !/^https?:/.test(registry)) return true;
  try {
    await fetch(registry, { method: 'HEAD', signal: AbortSignal.timeout(15_000) });
    return true;
  } catch (error) {
    const { name, cause } = /** @type {{ name: string, cause?: { code?: string } }} */ (error);
    // A certificate that only npm knows is an answer too.
    return name !== 'TimeoutError' && !unreachable.test(cause?.code ?? '');
  }
}

/** @param {string} errors */
export function installFault(errors) {
  if (meansDiskFull(errors)) return faults.diskFullNow(root);
  if (unreachable.test(errors)) return faults.noRegistry();
  return faults.installFailed(errors.trim().split('\n').slice(-12).join('\n'));
}
