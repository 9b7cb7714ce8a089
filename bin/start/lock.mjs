// `start.json` in the data folder: who runs here and what he started, with start times, so that the
// next start can adopt or end what a kill -9 left behind and never touches anything else.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { faults } from './fault.mjs';
import { endGroup, identify, isAlive, signalOne, waitForEnd } from './processes.mjs';

/** @typedef {import('./processes.mjs').ProcessId} ProcessId */
/** @typedef {{ main: ProcessId, launchers: ProcessId[], url: string, work?: string, children: Record<string, ProcessId> }} LockState */

/** @param {string} dataDir */
const lockFile = (dataDir) => join(dataDir, 'start.json');

/** @param {string} file @returns {LockState | undefined} */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Takes the lock of a data folder. A start that lost its terminal is asked to end first; left-over
 * web, worker and trainer processes are ended; PostgreSQL is left to be adopted.
 * @param {string} dataDir
 * @param {{ url: string, launchers: ProcessId[], work?: string }} own `work` names what is no start
 */
export async function takeLock(dataDir, { url, launchers, work }) {
  const file = lockFile(dataDir);
  const main = identify(process.pid);
  if (!main) throw new Error('This process cannot find itself.');
  /** @type {LockState} */
  const state = { main, launchers, url, work, children: {} };
  for (;;) {
    try {
      writeFileSync(file, JSON.stringify(state), { flag: 'wx', mode: 0o600 });
      break;
    } catch (error) {
      if (/** @type {{ code?: string }} */ (error).code !== 'EEXIST') throw error;
    }
    const other = read(file);
    if (other && isAlive(other.main)) {
      if (other.work) throw faults.atWork(other.work);
      if (work) throw faults.stopFirst(other.url);
      const orphaned = other.launchers.length > 0 && !other.launchers.every(isAlive);
      if (!orphaned) throw faults.alreadyRunning(other.url);
      signalOne(other.main.pid, 'SIGTERM');
      if (!(await waitForEnd(other.main, 9000))) throw faults.alreadyRunning(other.url);
    }
    // Renaming decides between two starts that find the same stale lock.
    const stale = `${file}.${process.pid}`;
    try {
      renameSync(file, stale);
    } catch {
      continue;
    }
    const left = read(stale);
    rmSync(stale, { force: true });
    await endLeftOvers(left?.children ?? {});
  }
  await endRecorded(dataDir);
  const write = () => {
    const temporary = `${file}.new`;
    writeFileSync(temporary, JSON.stringify(state), { mode: 0o600 });
    renameSync(temporary, file);
  };
  return {
    /** @param {string} name @param {ProcessId | undefined} id */
    record(name, id) {
      if (id) state.children[name] = id;
      else delete state.children[name];
      write();
    },
    release() {
      rmSync(file, { force: true });
    },
  };
}

/** @param {Record<string, ProcessId>} children */
async function endLeftOvers(children) {
  for (const name of ['web', 'worker', 'trainer']) {
    const id = children[name];
    if (id) await endGroup(id, { graceMs: 3000 });
  }
}

/** Where the worker records the trainer and model server that it starts, one file each. @param {string} dataDir */
export const recordFolder = (dataDir) => join(dataDir, 'processes');

/**
 * Ends what a worker started in groups of their own: training goes on from its last checkpoint.
 * @param {string} dataDir @param {number} [graceMs]
 */
export async function endRecorded(dataDir, graceMs = 2000) {
  const folder = recordFolder(dataDir);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // The start keeps account of its own jobs there as well (jobs.mjs).
  const names = readdirSync(folder).filter((name) => !name.startsWith('job-'));
  const files = names.map((name) => join(folder, name));
  await Promise.all(
    files.map(async (file) => {
      const id = /** @type {ProcessId | undefined} */ (/** @type {unknown} */ (read(file)));
      if (id && isAlive(id)) await endGroup(id, { graceMs });
      rmSync(file, { force: true });
    }),
  );
}
