import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { endRecorded, recordFolder } from '@/bin/start/lock.mjs';
import { identify, isAlive } from '@/bin/start/processes.mjs';
import { dataPath } from '@/lib/files';
import { recordProcess } from '@/lib/process-record';

/** A program in a process group of its own that does nothing until it is ended. */
const idle = () =>
  spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
const gone = (child: ReturnType<typeof idle>) =>
  new Promise<void>((done) => child.once('exit', () => done()));

test('what a killed worker leaves is ended by the next start, and by nothing else', async () => {
  const child = idle();
  recordProcess(child, 'trainer');
  const id = identify(child.pid ?? 0);
  expect(recordFolder(dataPath())).toBe(dataPath('processes'));
  expect(readdirSync(dataPath('processes'))).toEqual([`trainer-${child.pid}.json`]);
  expect(isAlive(id)).toBe(true);
  await endRecorded(dataPath());
  expect(isAlive(id)).toBe(false);
  expect(readdirSync(dataPath('processes'))).toEqual([]);
});

test('the note goes with the program', async () => {
  const child = idle();
  recordProcess(child, 'model-server');
  const file = dataPath('processes', `model-server-${child.pid}.json`);
  expect(existsSync(file)).toBe(true);
  const ended = gone(child);
  child.stdin?.end();
  await ended;
  expect(existsSync(file)).toBe(false);
});
