import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, renameSync, statSync } from 'node:fs';
import { endGroup, identify } from './processes.mjs';
import { say } from './progress.mjs';

const logLimit = 20_000_000;
const firstPauseMs = 500;
const longestPauseMs = 30_000;
/** A process that lived this long was well; its next death begins with a short pause again. */
const wellAfterMs = 60_000;

/**
 * Keeps one program running in a process group of its own; its output goes to a file, so it
 * survives the death of this process unharmed and the next start can end it in order.
 * @param {{
 *   name: string, command: string, args: string[], cwd: string, env: NodeJS.ProcessEnv, log: string,
 *   onStart: (id: import('./processes.mjs').ProcessId | undefined) => void,
 * }} program
 */
export function supervise({ name, command, args, cwd, env, log, onStart }) {
  let stopping = false;
  let renewing = false;
  let deaths = 0;
  let pauseMs = firstPauseMs;
  /** @type {import('./processes.mjs').ProcessId | undefined} */
  let current;
  /** @type {NodeJS.Timeout | undefined} */
  let timer;

  function start() {
    if (existsSync(log) && statSync(log).size > logLimit) renameSync(log, `${log}.1`);
    const output = openSync(log, 'a', 0o600);
    const began = Date.now();
    const child = spawn(command, args, {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    current = child.pid === undefined ? undefined : identify(child.pid);
    onStart(current);
    child.once('error', (error) => ended(String(error), began));
    child.once('exit', (code, signal) => ended(signal ?? `exit code ${code}`, began));
  }

  /** @param {string} how @param {number} began */
  function ended(how, began) {
    current = undefined;
    if (stopping) return;
    if (renewing) {
      renewing = false;
      start();
      return;
    }
    if (Date.now() - began > wellAfterMs) pauseMs = firstPauseMs;
    deaths++;
    say(`The ${name} process ended (${how}); starting it again in ${pauseMs / 1000} s.`);
    timer = setTimeout(start, pauseMs);
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }

  start();
  return {
    name,
    log,
    get deaths() {
      return deaths;
    },
    /** Ends the process and starts it again at once, for a changed program. @param {number} graceMs */
    async renew(graceMs) {
      if (!current || stopping) return;
      renewing = true;
      await endGroup(current, { graceMs });
    },
    /** @param {number} graceMs */
    async stop(graceMs) {
      stopping = true;
      clearTimeout(timer);
      if (current) await endGroup(current, { graceMs });
      onStart(undefined);
    },
  };
}
