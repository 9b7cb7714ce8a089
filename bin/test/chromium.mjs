import { existsSync } from 'node:fs';
import { runJob } from '../start/jobs.mjs';
import { isRoot, root } from '../start/paths.mjs';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** A browser of the machine. */
export const findChromium = (env = process.env) =>
  [env.CHROMIUM_PATH, ...places].find((path) => path && existsSync(path));

/** Installs Debian's Chromium; only root may, and only where apt-get is. */
export async function installChromium() {
  if (!isRoot || !existsSync('/usr/bin/apt-get')) return undefined;
  console.log('Installing Chromium for the journeys.');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { cwd: root, env, onLine: (/** @type {string} */ line) => console.log(line) };
  await runJob('apt-get', ['update', '-qq'], options);
  await runJob('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], options);
  return findChromium();
}
