// Prepares the trainer while the app already serves: its Python environment, then the base model.
// What it reports goes to `trainer/state.json`, which the app shows; only training waits for it.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from './paths.mjs';
import { endGroup, identify } from './processes.mjs';
import { say } from './progress.mjs';

/**
 * @typedef {{
 *   state: 'installing' | 'preparing' | 'ready' | 'failed' | 'off',
 *   stage?: string, done?: number, total?: number, unit?: string, message?: string, hint?: string,
 *   python?: string, baseModel?: string,
 * }} TrainerState
 */

const pythonMissing = {
  message: 'Training is not available: there is no Python 3.10 or newer with venv on this machine.',
  hint: 'Install Python 3.10 or newer with its venv module, then run npm start again.',
};

/** The first Python of the machine that can make the environment. */
export function findPython(env = process.env) {
  const test = 'import sys, venv, ensurepip; sys.exit(0 if sys.version_info >= (3, 10) else 1)';
  const names = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];
  return names.find((name) => spawnSync(name, ['-c', test], { env }).status === 0);
}

/**
 * @param {{
 *   dataDir: string, env: NodeJS.ProcessEnv,
 *   onProcess: (id: import('./processes.mjs').ProcessId | undefined) => void,
 * }} options
 */
export function prepareTrainer({ dataDir, env, onProcess }) {
  const folder = join(dataDir, 'trainer');
  mkdirSync(folder, { recursive: true });
  let stopping = false;
  /** @type {import('./processes.mjs').ProcessId | undefined} */
  let current;

  /** @param {TrainerState} state */
  function report(state) {
    if (stopping) return state;
    const file = join(folder, 'state.json');
    writeFileSync(`${file}.new`, `${JSON.stringify({ ...state, at: new Date().toISOString() })}\n`);
    renameSync(`${file}.new`, file);
    return state;
  }

  /**
   * Runs one of the trainer's programs and passes its events on.
   * @param {'installing' | 'preparing'} state @param {string} command @param {string[]} args
   * @returns {Promise<Record<string, any>>} its last event
   */
  function run(state, command, args) {
    return new Promise((done) => {
      const child = spawn(command, args, {
        cwd: root,
        env: { ...env, PYTHONPATH: join(root, 'trainer'), PYTHONUNBUFFERED: '1' },
        detached: true,
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      current = child.pid === undefined ? undefined : identify(child.pid);
      onProcess(current);
      /** @type {Record<string, any>} */
      let last = { event: 'error', message: 'The trainer ended without a word.', hint: '' };
      let saidAt = 0;
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (!line.startsWith('{')) return;
        last = JSON.parse(line);
        if (last.event !== 'progress' || (last.done < last.total && Date.now() - saidAt < 500))
          return;
        saidAt = Date.now();
        const { stage, done: count, total, unit } = last;
        report({ state, stage, done: count, total, unit });
      });
      child.once('error', (error) => done({ event: 'error', message: String(error) }));
      child.once('close', () => {
        current = undefined;
        onProcess(undefined);
        done(last);
      });
    });
  }

  /** @param {Record<string, any>} event @returns {TrainerState} */
  function fail({ message, hint }) {
    if (!stopping) say(`${message} ${hint ?? ''}`.trim());
    return report({ state: 'failed', message, hint });
  }

  /** @returns {Promise<TrainerState>} */
  async function prepare() {
    if (env.APPRENTICE_TRAINER === '0') {
      const message = 'Training is switched off here (APPRENTICE_TRAINER=0).';
      return report({ state: 'off', message });
    }
    const python = findPython(env);
    if (!python) return fail(pythonMissing);
    report({ state: 'installing', stage: 'start', done: 0, total: 1, unit: 'steps' });
    const installed = await run('installing', python, [
      join(root, 'trainer/install.py'),
      '--data-dir',
      folder,
    ]);
    if (stopping || installed.event !== 'done') return fail(installed);
    report({ state: 'preparing', stage: 'start', done: 0, total: 1, unit: 'steps' });
    const config = join(folder, 'prepare.json');
    writeFileSync(config, JSON.stringify({ dataDir: folder }));
    const prepared = await run('preparing', installed.python, [
      '-m',
      'apprentice_trainer.prepare',
      '--config',
      config,
    ]);
    if (stopping || prepared.event !== 'done') return fail(prepared);
    if (!installed.alreadyInstalled || !prepared.alreadyReady) say('The trainer is ready.');
    return report({ state: 'ready', python: installed.python, baseModel: prepared.baseModel });
  }

  const finished = prepare().catch((error) =>
    fail({ message: `The trainer could not be prepared: ${error}` }),
  );
  return {
    /** The state in which the preparation ended. */
    finished,
    /** @param {number} graceMs */
    async stop(graceMs) {
      stopping = true;
      if (current) await endGroup(current, { graceMs });
    },
  };
}
