import 'server-only';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { identify } from '@/bin/start/processes.mjs';
import { dataPath } from '@/lib/files';
import { log } from '@/lib/log';

/**
 * Writes down a program that this process started in a process group of its own, so that the next
 * `npm start` can end what a kill -9 left (bin/start/lock.mjs reads it). The note goes when the
 * program ends. Written before anything else can happen: a worker that dies right after a spawn
 * has left the note.
 */
export function recordProcess(child: ChildProcess, name: 'trainer' | 'model-server'): void {
  const id = child.pid === undefined ? undefined : identify(child.pid);
  if (!id) return;
  const folder = dataPath('processes');
  const file = path.join(folder, `${name}-${id.pid}.json`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(file, JSON.stringify(id), { mode: 0o600 });
  } catch (error) {
    // A full disk must not keep the program from running; it fails by itself where it needs room.
    log.warn({ err: error, name }, 'a program could not be written down');
  }
  child.once('exit', () => rmSync(file, { force: true }));
}
