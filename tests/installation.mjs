// Whole installations for tests: a data folder of its own, `bin/start.mjs` on it, and everything gone afterwards.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { projectNode } from '../bin/start/node.mjs';
import { root } from '../bin/start/paths.mjs';
import { identify, isAlive, sleep } from '../bin/start/processes.mjs';

/** A fresh data folder inside the checkout's own. @param {string} label */
export function makeDataDir(label) {
  const parent = join(root, '.data');
  mkdirSync(parent, { recursive: true, mode: 0o711 });
  return mkdtempSync(join(parent, `${label}-`));
}

/** Removes a data folder and a database kept outside it. @param {string} dataDir */
export function removeDataDir(dataDir) {
  const record = join(dataDir, 'postgres.path');
  if (existsSync(record))
    rmSync(readFileSync(record, 'utf8').trim(), { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
}

/** Lets an installation use the trainer that this checkout has prepared. @param {string} dataDir */
export function shareTrainer(dataDir) {
  const shared = join(root, '.data/trainer');
  mkdirSync(join(dataDir, 'trainer'), { recursive: true });
  for (const name of ['venv', 'models']) {
    if (existsSync(join(shared, name)))
      symlinkSync(join(shared, name), join(dataDir, 'trainer', name));
  }
}

/**
 * Runs `bin/start.mjs`, as a person would, with an environment of its own.
 * @param {Record<string, string>} env
 * @param {{ command?: string, args?: string[] }} [program]
 */
export function startApp(
  env,
  { command = projectNode(), args = [join(root, 'bin/start.mjs')] } = {},
) {
  const inherited = { ...process.env };
  // What belongs to the tests, or to the npm that started them, is not the installation's.
  for (const name of Object.keys(inherited)) {
    if (/^(npm_|DATABASE_|DATA_DIR|APP_URL|NEXTAUTH|NODE_ENV|VITEST|APPRENTICE_PASSED)/.test(name))
      delete inherited[name];
  }
  const child = spawn(command, args, {
    cwd: root,
    env: /** @type {NodeJS.ProcessEnv} */ ({ ...inherited, ...env }),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const id = child.pid === undefined ? undefined : identify(child.pid);
  let output = '';
  for (const pipe of [child.stdout, child.stderr]) {
    pipe.setEncoding('utf8').on('data', (chunk) => {
      output += chunk;
    });
  }
  /** @type {Promise<number | null>} */
  const ended = new Promise((done) => child.once('close', (code) => done(code)));
  return {
    pid: child.pid ?? 0,
    ended,
    get output() {
      return output;
    },
    /** Waits for a line; fails when the program ends first. @param {RegExp} pattern @param {number} ms */
    async waitFor(pattern, ms) {
      const deadline = Date.now() + ms;
      for (;;) {
        const found = pattern.exec(output);
        if (found) return found;
        if (!isAlive(id)) throw new Error(`The start ended early:\n${output}`);
        if (Date.now() > deadline) throw new Error(`Waited ${ms} ms for ${pattern}:\n${output}`);
        await sleep(25);
      }
    },
    /** @param {NodeJS.Signals} signal */
    signal(signal) {
      child.kill(signal);
    },
    /** Goes away like a terminal that is closed: nobody reads what the start says any more. */
    stopListening() {
      child.stdout.destroy();
      child.stderr.destroy();
    },
    /** Stops in order, as Ctrl-C does. */
    async stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
