// Programs that run to their end (npm ci, the build, migrations). Each has a process group of its
// own, known here, so that a stop in the middle leaves none behind; a start also writes down which
// ones run, so that the next one can end what a kill -9 left.
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { faults } from './fault.mjs';
import { endGroup, identify, isAlive } from './processes.mjs';

/** @type {Map<number, import('./processes.mjs').ProcessId>} */
const running = new Map();

/** @type {string | undefined} */
let records;

/** @param {number} pid */
const recordFile = (pid) => join(records ?? '', `job-${pid}.json`);

/**
 * Begins to write down the jobs of this process and ends those of a killed one.
 * @param {string} folder @throws a sentence when another start is at work there
 */
export async function recordJobs(folder) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(folder).filter((file) => file.startsWith('job-'))) {
    const file = join(folder, name);
    const { job, parent } = readRecord(file);
    if (isAlive(parent) && parent?.pid !== process.pid) throw faults.alreadyStarting();
    if (job) await endGroup(job, { graceMs: 3000 });
    rmSync(file, { force: true });
  }
  records = folder;
}

/** @param {string} file @returns {{ job?: import('./processes.mjs').ProcessId, parent?: import('./processes.mjs').ProcessId }} */
function readRecord(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

/**
 * @param {string} command @param {string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, onLine?: (line: string, stream: 'out' | 'err') => void }} options
 * @returns {Promise<{ code: number, output: string, errors: string }>}
 */
export function runJob(command, args, { cwd, env = process.env, onLine }) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const id = child.pid === undefined ? undefined : identify(child.pid);
    if (id) running.set(id.pid, id);
    if (id && records) {
      const record = JSON.stringify({ job: id, parent: identify(process.pid) });
      writeFileSync(recordFile(id.pid), record, { mode: 0o600 });
    }
    const text = { out: '', err: '' };
    for (const [stream, pipe] of /** @type {const} */ ([
      ['out', child.stdout],
      ['err', child.stderr],
    ])) {
      let rest = '';
      pipe.setEncoding('utf8').on('data', (chunk) => {
        text[stream] = (text[stream] + chunk).slice(-200_000);
        const lines = (rest + chunk).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) onLine?.(line, stream);
      });
      pipe.on('end', () => rest && onLine?.(rest, stream));
    }
    child.once('error', fail);
    child.once('close', (code) => {
      if (id) running.delete(id.pid);
      if (id && records) rmSync(recordFile(id.pid), { force: true });
      done({ code: code ?? 1, output: text.out, errors: text.err });
    });
  });
}

/** Ends every job that still runs. */
export const endJobs = () =>
  Promise.all([...running.values()].map((id) => endGroup(id, { graceMs: 1000 })));
