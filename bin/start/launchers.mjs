// Who started this program: npm and the shells between. When one of them is killed hard, nobody can
// press Ctrl-C any more, so the app stops by itself.
import { commandLine, identify, isAlive, parentOf } from './processes.mjs';

/** @returns {import('./processes.mjs').ProcessId[]} */
export function launchers() {
  const passedOn = process.env.APPRENTICE_PASSED_ON === '1';
  const throughNpm = process.env.npm_lifecycle_event !== undefined;
  const found = [];
  let pid = process.ppid;
  for (let depth = 0; depth < 5 && pid > 1 && (throughNpm || (passedOn && depth === 0)); depth++) {
    const id = identify(pid);
    if (!id) break;
    found.push(id);
    if (/^npm\b|npm-cli\.js|bin\/npm\b/.test(commandLine(pid))) return found;
    pid = parentOf(pid) ?? 0;
  }
  // Without an npm above, only the process that passed the work on is surely ours to follow.
  return passedOn ? found.slice(0, 1) : [];
}

/** @param {() => void} onLost */
export function watchLaunchers(onLost) {
  const watched = launchers();
  if (watched.length === 0) return;
  process.once('disconnect', onLost);
  setInterval(() => {
    if (!watched.every(isAlive)) onLost();
  }, 1000).unref();
}
