import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { isLong } from '../../tests/form';
import { makeDataDir, removeDataDir, startApp } from '../../tests/installation.mjs';
import { isRoot } from './paths.mjs';
import { freePort } from './postgres.mjs';
import { identify, isAlive, type ProcessId, sleep } from './processes.mjs';

type Started = ReturnType<typeof startApp>;
type Lock = { main: ProcessId; children: Record<string, ProcessId> };

let dataDir = '';
let port = '';
let started: Started[] = [];
const npm = { command: 'npm', args: ['start'] };

beforeAll(() => {
  dataDir = makeDataDir('start');
});

beforeEach(async () => {
  port = String(await freePort());
});

afterEach(async () => {
  for (const app of started) if (isAlive(identify(app.pid))) await app.stop();
  started = [];
});

afterAll(() => removeDataDir(dataDir));

function begin(env: Record<string, string> = {}, program?: { command: string; args: string[] }) {
  const app = startApp({ DATA_DIR: dataDir, PORT: port, APPRENTICE_TRAINER: '0', ...env }, program);
  started.push(app);
  return app;
}

async function ready(app: Started) {
  await app.waitFor(/Apprentice is ready/, 90_000);
  return app;
}

const lock = (): Lock => JSON.parse(readFileSync(join(dataDir, 'start.json'), 'utf8'));
const answers = async () =>
  (await fetch(`http://127.0.0.1:${port}/`, { redirect: 'manual' }).catch(() => undefined))?.status;

/** The bound only ends a test that would wait for good; a busy machine is no failure. */
async function waitUntil(condition: () => boolean) {
  const deadline = Date.now() + 60_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('Not within a minute.');
    await sleep(20);
  }
}

test('a first start serves, keeps its secrets to itself and stops in order within 8 s', async () => {
  const app = await ready(begin());
  expect(await answers()).toBeLessThan(500);
  const { children } = lock();
  expect(Object.keys(children).sort()).toEqual(['postgres', 'web', 'worker']);

  const alive = () => ['web', 'worker', 'postgres'].filter((name) => isAlive(children[name]));
  const seen: string[] = [];
  app.signal('SIGINT');
  await waitUntil(() => {
    const now = alive().join(' ');
    if (seen.at(-1) !== now) seen.push(now);
    return now === '';
  });
  // After 8 s it leaves by force, with 1.
  expect(await app.ended).toBe(0);
  // Each that is gone before a later one in the order; looking every 20 ms may miss a step, never turn one round.
  const order = ['web worker postgres', 'worker postgres', 'postgres', ''];
  expect(order.filter((step) => seen.includes(step))).toEqual(seen);
  expect(existsSync(join(dataDir, 'start.json'))).toBe(false);
});

test('stops in order although nobody reads what it says any more', async () => {
  const app = await ready(begin());
  const { children } = lock();
  app.stopListening();
  app.signal('SIGTERM');
  await waitUntil(() => !['web', 'worker', 'postgres'].some((name) => isAlive(children[name])));
  expect(await app.ended).toBe(0);
});

test('a second start with nothing changed installs and builds nothing, and serves within 10 s', async () => {
  const began = Date.now();
  const app = await ready(begin());
  const seconds = (Date.now() - began) / 1_000;
  expect(app.output).not.toMatch(/Installing|Building/);
  console.log(`A second start served after ${seconds.toFixed(1)} s.`);
  // A clock is asked only where nothing else runs.
  if (isLong) expect(seconds).toBeLessThan(10);
});

test('a second start beside a running one says where it runs', async () => {
  await ready(begin());
  const second = begin();
  expect(await second.ended).toBe(1);
  expect(second.output.trim()).toBe(
    `Apprentice is already running from this folder at http://localhost:${port}. Open that link, or stop it with Ctrl-C where it was started.`,
  );
});

test('after kill -9 the next start adopts PostgreSQL and replaces web and worker', async () => {
  const first = await ready(begin());
  const before = lock();
  process.kill(before.main.pid, 'SIGKILL');
  await first.ended;
  expect(isAlive(before.children.postgres)).toBe(true);
  expect(isAlive(before.children.web)).toBe(true);

  await ready(begin());
  const after = lock();
  expect(after.children.postgres).toEqual(before.children.postgres);
  expect(isAlive(before.children.web)).toBe(false);
  expect(isAlive(before.children.worker)).toBe(false);
  expect(await answers()).toBeLessThan(500);
});

test('after kill -9 of everything a stale postmaster.pid is no obstacle', async () => {
  const first = await ready(begin());
  const { main, children } = lock();
  for (const id of [main, ...Object.values(children)]) process.kill(id.pid, 'SIGKILL');
  await first.ended;
  await ready(begin());
  expect(await answers()).toBeLessThan(500);
});

test('after kill -9 of npm the app stops by itself, and npm start works at once', async () => {
  const first = await ready(begin({}, npm));
  const { main, children } = lock();
  process.kill(first.pid, 'SIGKILL');
  await ready(begin({}, npm));
  expect(isAlive(main)).toBe(false);
  expect(isAlive(children.web)).toBe(false);
  expect(await answers()).toBeLessThan(500);
});

test('web and worker are started again when they die', async () => {
  await ready(begin());
  const before = lock().children;
  for (const name of ['web', 'worker']) process.kill(before[name]?.pid ?? 0, 'SIGKILL');
  await waitUntil(() => {
    const now = lock().children;
    return now.web?.pid !== before.web?.pid && now.worker?.pid !== before.worker?.pid;
  });
  while ((await answers()) === undefined) await sleep(50);
  expect(lock().children.postgres).toEqual(before.postgres);
});

test('a folder that only its owner may enter', async () => {
  const closed = mkdtempSync(join(tmpdir(), 'apprentice-closed-'));
  const inside = join(closed, 'data');
  try {
    const app = await ready(begin({ DATA_DIR: inside }));
    const record = join(inside, 'postgres.path');
    expect(existsSync(record)).toBe(isRoot);
    if (isRoot) {
      const home = readFileSync(record, 'utf8').trim();
      expect(home).toMatch(/^\/var\/lib\/apprentice\/[0-9a-f]{16}\//);
      expect(app.output).toContain(
        `PostgreSQL does not run as root and cannot enter this folder; its data is kept in ${home}.`,
      );
    }
    expect(await answers()).toBeLessThan(500);
    await app.stop();
    await ready(begin({ DATA_DIR: inside }));
  } finally {
    for (const app of started) await app.stop();
    removeDataDir(inside);
    removeDataDir(closed);
  }
});
