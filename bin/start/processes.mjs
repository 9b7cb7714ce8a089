// Processes are known by pid *and* start time: a pid alone may have been given to somebody else.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** @typedef {{ pid: number, startTime: string }} ProcessId */

/**
 * When the process began, in a form that only compares for equality; undefined when it is gone.
 * Linux: field 22 of /proc/<pid>/stat. Elsewhere: `ps`. A zombie counts as gone.
 * @param {number} pid
 * @returns {string | undefined}
 */
export function startTime(pid) {
  if (process.platform !== 'linux') {
    const text = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
    return text.stdout?.trim() || undefined;
  }
  const fields = statFields(pid);
  return fields && fields[0] !== 'Z' && fields[0] !== 'X' ? fields[19] : undefined;
}

/** The fields of /proc/<pid>/stat from the third (state) on. @param {number} pid */
function statFields(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

/** @param {number} pid @returns {ProcessId | undefined} */
export function identify(pid) {
  const time = startTime(pid);
  return time === undefined ? undefined : { pid, startTime: time };
}

/** @param {ProcessId | undefined | null} id */
export const isAlive = (id) => !!id && startTime(id.pid) === id.startTime;

/** @param {number} pid @returns {number | undefined} */
export function parentOf(pid) {
  if (process.platform === 'linux') {
    const fields = statFields(pid);
    return fields ? Number(fields[1]) : undefined;
  }
  const text = spawnSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' });
  return Number(text.stdout) || undefined;
}

/** @param {number} pid */
export function commandLine(pid) {
  if (process.platform === 'linux') {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    } catch {
      return '';
    }
  }
  const text = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  return text.stdout?.trim() ?? '';
}

/** Whether the system still knows the pid, be it as a zombie or as somebody else's. @param {number} pid */
export function pidIsTaken(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {{ code?: string }} */ (error).code === 'EPERM';
  }
}

/** Living processes whose working folder this is, as far as this user may see. @param {string} folder */
export function processesIn(folder) {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`) === folder && startTime(pid) !== undefined;
      } catch {
        return false;
      }
    });
}

/** Sends a signal to a process group that we started; a group that is gone is no error. */
export function signalGroup(/** @type {number} */ pid, /** @type {NodeJS.Signals} */ signal) {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return signalOne(pid, signal);
  }
}

/** @param {number} pid @param {NodeJS.Signals} signal */
export function signalOne(pid, signal) {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}

/** @param {number} ms */
export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** Waits until the process is gone. @param {ProcessId} id @param {number} ms */
export async function waitForEnd(id, ms) {
  const deadline = Date.now() + ms;
  while (isAlive(id)) {
    if (Date.now() > deadline) return false;
    await sleep(25);
  }
  return true;
}

/**
 * Ends a process group: asks, waits, then insists.
 * @param {ProcessId} id @param {{ graceMs: number, signal?: NodeJS.Signals }} options
 */
export async function endGroup(id, { graceMs, signal = 'SIGTERM' }) {
  if (isAlive(id)) {
    signalGroup(id.pid, signal);
    if (!(await waitForEnd(id, graceMs))) {
      signalGroup(id.pid, 'SIGKILL');
      await waitForEnd(id, 500);
    }
  }
}
