// Programs that run to their end (npm ci, the build, migrations). Each has a process group of its
// own, known here, so that a stop in the middle leaves none behind.
import { spawn } from 'node:child_process';
import { endGroup, identify } from './processes.mjs';

/** @type {Map<number, import('./processes.mjs').ProcessId>} */
const running = new Map();

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
      done({ code: code ?? 1, output: text.out, errors: text.err });
    });
  });
}

/** Ends every job that still runs. */
export const endJobs = () =>
  Promise.all([...running.values()].map((id) => endGroup(id, { graceMs: 1000 })));
