import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { recordJobs, runJob } from './jobs.mjs';
import { identify, isAlive, type ProcessId, signalGroup, sleep } from './processes.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'apprentice-jobs-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A start that has a long job running, in a process of its own. */
async function otherStart() {
  const jobs = JSON.stringify(join(import.meta.dirname, 'jobs.mjs'));
  const script = `
    const { recordJobs, runJob } = await import(${jobs});
    await recordJobs(${JSON.stringify(folder)});
    await runJob('sleep', ['60'], { cwd: '/' });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const deadline = Date.now() + 20_000;
  for (;;) {
    const [name] = readdirSync(folder).filter((file) => file.endsWith('.json'));
    const text = name ? readFileSync(join(folder, name), 'utf8') : '';
    if (text) return { child, ended, job: (JSON.parse(text) as { job: ProcessId }).job };
    if (Date.now() > deadline) throw new Error('The other start did not begin.');
    await sleep(20);
  }
}

test('a job gives its lines, its output and its exit code', async () => {
  const lines: string[] = [];
  const result = await runJob('sh', ['-c', 'echo one; echo two >&2; printf three; exit 4'], {
    cwd: '/',
    onLine: (line, stream) => lines.push(`${stream} ${line}`),
  });
  expect(result).toEqual({ code: 4, output: 'one\nthree', errors: 'two\n' });
  expect(lines.sort()).toEqual(['err two', 'out one', 'out three']);
});

test('the next start ends the job of a start that was killed, and no other', async () => {
  const { child, ended, job } = await otherStart();
  const bystander = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
  const other = identify(bystander.pid ?? 0);
  // A pid that was given to somebody else since: the start time does not fit.
  const record = { job: { pid: other?.pid, startTime: 'earlier' }, parent: null };
  writeFileSync(join(folder, 'job-1.json'), JSON.stringify(record));
  child.kill('SIGKILL');
  await ended;
  expect(isAlive(job)).toBe(true);

  await recordJobs(folder);
  expect(isAlive(job)).toBe(false);
  expect(isAlive(other)).toBe(true);
  expect(readdirSync(folder)).toEqual([]);
  if (other) signalGroup(other.pid, 'SIGKILL');
}, 30_000);

test('a start beside one that is still at work is refused', async () => {
  const { child, ended, job } = await otherStart();
  await expect(recordJobs(folder)).rejects.toThrow(
    'Another start of Apprentice is at work in this folder. Wait until it is done, or stop it with Ctrl-C where it was started.',
  );
  expect(isAlive(job)).toBe(true);
  child.kill('SIGKILL');
  await ended;
  await recordJobs(folder);
}, 30_000);
