// A running installation is backed up, restored into an empty folder and started there: nothing that
// was under way begins again, and everything that it proves still holds. Where nobody restores, it
// does begin again, so that the first half is no accident.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { runBeside } from '../../e2e/beside';
import { makeDataDir, removeDataDir, startApp } from '../../tests/installation.mjs';
import { installationEnvironment } from './environment.mjs';
import { projectNode } from './node.mjs';
import { root } from './paths.mjs';
import { freePort } from './postgres.mjs';
import { identify, isAlive, type ProcessId, sleep } from './processes.mjs';

const SLOW = { timeout: 300_000 };
/** A worker that would begin something has begun by then, in milliseconds. */
const IDLE_MS = 8_000;
const baseModel = 'stand-in';

type Started = ReturnType<typeof startApp>;
const started: Started[] = [];
const work = mkdtempSync(join(tmpdir(), 'apprentice-restored-'));
const backup = join(work, 'backup');
const trainer = join(work, 'trainer');
const trainerCalls = join(work, 'trainer-calls');
const webhookCalls: string[] = [];
let receiver: Server;
let address = '';
let original = '';
let restored = '';
let underWay: z.infer<typeof underWaySchema>;

const underWaySchema = z.object({
  runId: z.uuid(),
  deliveryId: z.uuid(),
  fileKey: z.string(),
  manifestKey: z.string(),
});

/** The trainer's Python, as far as this test goes: it only says that it was called. */
function writeTrainer(): void {
  writeFileSync(trainer, `#!/bin/sh\necho called >> '${trainerCalls}'\nexit 1\n`);
  chmodSync(trainer, 0o755);
}

/** A base model that a run finds there; nothing of it is read before the trainer is called. */
function layBaseModel(dataDir: string): void {
  const folder = join(dataDir, 'trainer/models', baseModel);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'config.json'), '{"max_position_embeddings":8192}');
}

const settings = () => ({
  WEBHOOK_ALLOWED_ORIGINS: address,
  TRAINER_PYTHON: trainer,
  APPRENTICE_TRAINER: '0',
});
const environment = (dataDir: string) =>
  installationEnvironment({ ...process.env, ...settings(), DATA_DIR: dataDir });

async function start(dataDir: string): Promise<Started> {
  const PORT = String(await freePort());
  const app = startApp({ DATA_DIR: dataDir, PORT, ...settings() });
  started.push(app);
  await app.waitFor(/Apprentice is ready/, 90_000);
  return app;
}

type Lock = { main: ProcessId; children: Record<string, ProcessId> };
const lockOf = (dataDir: string): Lock =>
  JSON.parse(readFileSync(join(dataDir, 'start.json'), 'utf8'));

/** Runs one of the programs of an installation, as an operator does. */
function runProgram(program: string[], dataDir: string) {
  const { status, stdout, stderr } = spawnSync(projectNode(), program, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...settings(), DATA_DIR: dataDir },
  });
  return { status, output: `${stdout}${stderr}` };
}

async function sql(dataDir: string, text: string, values: unknown[] = []) {
  const client = new pg.Client({ connectionString: environment(dataDir).DATABASE_URL });
  await client.connect();
  try {
    return (await client.query(text, values)).rows;
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  writeTrainer();
  receiver = createServer((request, response) => {
    webhookCalls.push(request.url ?? '');
    response.writeHead(204).end();
  });
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
  address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  original = makeDataDir('backed-up');
  layBaseModel(original);
  restored = makeDataDir('restored');
});
afterEach(async () => {
  for (const app of started.splice(0)) if (isAlive(identify(app.pid))) await app.stop();
});
afterAll(() => {
  receiver.close();
  for (const dataDir of [original, restored]) removeDataDir(dataDir);
  rmSync(work, { recursive: true, force: true });
});

test('a backup of a running installation, restored and started, begins nothing', SLOW, async () => {
  const app = await start(original);
  const { main, children } = lockOf(original);
  const worker = children.worker?.pid ?? 0;
  // Held still, so that run and message wait while the backup is taken.
  process.kill(worker, 'SIGSTOP');
  underWay = underWaySchema.parse(
    await runBeside(
      'tests/work-under-way.ts',
      [`${address}/hook`, baseModel],
      environment(original),
    ),
  );
  const written = runProgram([join(root, 'bin/run.mjs'), 'backup', backup], original);
  expect(written.output).toContain('keep it where nobody else reads');
  expect(written.status, written.output).toBe(0);
  for (const { pid } of [main, ...Object.values(children)]) process.kill(pid, 'SIGKILL');
  await app.ended;

  const back = runProgram([join(root, 'bin/restore.mjs'), backup], restored);
  expect(back.output).toContain('Start it with npm start');
  expect(back.status, back.output).toBe(0);
  layBaseModel(restored);
  await start(restored);
  // The worker is at work once it has sealed what the restore wrote into the record.
  const open = `SELECT 1 FROM "AuditEvent" e
    WHERE NOT EXISTS (SELECT 1 FROM "AuditSeal" s WHERE s."eventId" = e."id")`;
  await expect.poll(() => sql(restored, open), { timeout: 60_000 }).toEqual([]);
  await sleep(IDLE_MS);
  expect(existsSync(trainerCalls), 'the trainer was called').toBe(false);
  expect(webhookCalls).toEqual([]);
  const { runId, deliveryId } = underWay;
  const run = 'SELECT "state"::text, "errorCode" FROM "Run" WHERE "id" = $1';
  expect(await sql(restored, run, [runId])).toEqual([{ state: 'failed', errorCode: 'restored' }]);
  const delivery = 'SELECT "state"::text FROM "WebhookDelivery" WHERE "id" = $1';
  expect(await sql(restored, delivery, [deliveryId])).toEqual([{ state: 'skipped' }]);

  const record = runProgram([join(root, 'bin/run.mjs'), 'verify-audit'], restored);
  expect(record.output).toContain('The record holds');
  expect(record.status, record.output).toBe(0);
  const files = [underWay.fileKey, underWay.manifestKey].map((key) => join(restored, 'files', key));
  const release = [join(root, 'bin/run.mjs'), 'verify-release', ...files, '--database'];
  const verified = runProgram(release, restored);
  expect(verified.output).toContain('Verified: every line');
  expect(verified.status, verified.output).toBe(0);
});

test('started where it was, the same installation goes on with both', SLOW, async () => {
  await start(original);
  await expect.poll(() => webhookCalls.length, { timeout: 90_000 }).toBeGreaterThan(0);
  await expect.poll(() => existsSync(trainerCalls), { timeout: 90_000 }).toBe(true);
});
