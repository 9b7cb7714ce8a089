// The project brings its own Node. Whatever starts the program, it goes on under that one.
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { faults } from './fault.mjs';
import { root } from './paths.mjs';

/** The Node that everything of the project runs on. @throws a sentence when there is none */
export function projectNode() {
  const own = join(root, 'node_modules/.bin/node');
  if (process.platform === 'linux' && existsSync(own)) return realpathSync(own);
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 12)) return process.execPath;
  throw faults.nodeTooOld(process.versions.node);
}

/**
 * Runs this program again under the project's Node, unless it already does. Then this process only
 * passes signals on; the channel tells the other one when this one is killed.
 * @param {string} script @param {string[]} args
 * @returns {Promise<number> | undefined} the exit code of the other, or undefined to go on here
 */
export function underProjectNode(script, args) {
  const node = projectNode();
  if (realpathSync(process.execPath) === node) return undefined;
  const child = spawn(node, [script, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, APPRENTICE_PASSED_ON: '1' },
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal));
  }
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('exit', (code) => done(code ?? 1));
  });
}
