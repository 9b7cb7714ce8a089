// The program verify-audit, as an operator runs it: what it says and with which status it ends.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bundleOptions } from '@/bin/build.mjs';
import { root } from '@/bin/start/paths.mjs';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { sealPending } from '@/lib/audit/sealer';
import { anchorHeads } from '@/lib/audit/sealing';
import { db, disconnect } from '@/lib/db';
import { env } from '@/lib/env';
import { stopQueue } from '@/lib/queue';
import { createScene, type Scene } from '@/tests/authorization-scene';
import { testDatabase } from '@/tests/database';

const program = path.join(root, 'test-results/verify-audit.mjs');
const work = mkdtempSync(path.join(tmpdir(), 'apprentice-verify-audit-'));
const ofDataDir = (...parts: string[]) => path.join(env().DATA_DIR, ...parts);
const recordFolder = () => ofDataDir('record');

let scene: Scene;
let manifest: string;
let chain: string;

/** Runs the program beside this database and data folder. */
function verifyAudit(args: string[] = [], environment: Record<string, string | undefined> = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--conditions=react-server', program, ...args],
    { cwd: root, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '', ...environment } },
  );
  return { status, output: `${stdout}${stderr}` };
}

const write = (workspaceId: string, at?: Date) =>
  db.$transaction(async (tx) => {
    const entry = { action: 'example.submitted', subjectType: 'example' } as const;
    if (at) await tx.auditEvent.create({ data: { ...entry, workspaceId, at, data: {} } });
    else await recordAudit(tx, { userId: null, workspaceId, via: 'session' }, entry);
  });

/** An edit past every trigger, as somebody with the whole database could make it. */
async function changeAsSuperuser(eventId: string): Promise<void> {
  const client = new pg.Client({ connectionString: testDatabase().superuserUrl });
  await client.connect();
  await client.query('SET session_replication_role = replica');
  await client.query(`UPDATE "AuditEvent" SET "subjectType" = 'forged' WHERE "id" = $1`, [eventId]);
  await client.end();
}

beforeAll(async () => {
  const { entryPoints: _, outdir: __, outExtension: ___, ...options } = bundleOptions();
  await build({
    ...options,
    entryPoints: [path.join(root, 'bin/verify-audit.ts')],
    outfile: program,
  });
  scene = await createScene('Verified');
  chain = scene.workspace.id;
  await anchorHeads(await sealPending());
  const { manifestKey } = await db.export.findFirstOrThrow({
    where: { releaseId: scene.releaseId },
    select: { manifestKey: true },
  });
  manifest = ofDataDir('files', manifestKey);
});
afterAll(async () => {
  rmSync(work, { recursive: true, force: true });
  await stopQueue(0);
  await disconnect();
});

describe('ends with', () => {
  test('0 where the record holds', () => {
    const { status, output } = verifyAudit();
    expect(output).toContain('The record holds: nothing that was sealed was changed, taken out');
    expect(status, output).toBe(0);
  });

  test('2 for wrong use', () => {
    for (const args of [['--unknown'], ['--anchors', path.join(work, 'nothing')], ['nothing']]) {
      const { status, output } = verifyAudit(args);
      expect(status, output).toBe(2);
    }
    expect(verifyAudit([], { SIGNING_KEY: 'no key' })).toMatchObject({
      status: 2,
      output: expect.stringContaining('SIGNING_KEY cannot be read.'),
    });
  });

  test('3 where nothing from outside the database says how far it had come', () => {
    const DATA_DIR = path.join(work, 'empty');
    const { status, output } = verifyAudit([], { DATA_DIR });
    expect(output).toContain('a cut tail would not show');
    expect(status, output).toBe(3);
    expect(verifyAudit(['--anchors', recordFolder()], { DATA_DIR }).status).toBe(0);
  });

  test('4 where no signature was checked', () => {
    const { status, output } = verifyAudit([], { SIGNING_KEY: undefined });
    expect(output).toContain('signatures were not checked');
    expect(output).not.toContain('The record holds');
    expect(status, output).toBe(4);
  });
});

describe('a manifest', () => {
  /** A copy of the manifest, changed, under a name of its own. */
  function changed(name: string, change: (text: string) => string): string {
    const file = path.join(work, name);
    writeFileSync(file, change(readFileSync(manifest, 'utf8')));
    return file;
  }

  test('that is signed is a witness', () => {
    const DATA_DIR = path.join(work, 'without');
    const { status, output } = verifyAudit([manifest], { DATA_DIR });
    expect(status, output).toBe(0);
    expect(output).not.toContain('WARNING');
  });

  test.each([
    ['is changed', (text: string) => text.replace(/"app":"[^"]*"/, '"app":"forged"')],
    [
      'says another hash',
      (text: string) => text.replace(/("hash":")[0-9a-f]{64}/, `$1${'ab'.repeat(32)}`),
    ],
    ['lost its signature', (text: string) => text.replace(/\{"kind":"signature".*\n$/, '')],
    ['goes on after it', (text: string) => `${text}{"kind":"row"}\n`],
  ])('that %s is named and held against nothing, given by hand', (name, change) => {
    const file = changed(`${name}.jsonl`, change);
    const { status, output } = verifyAudit([file]);
    expect(output).toContain(`FAULT ${scene.workspace.slug}: the manifest ${file}`);
    expect(output).toContain("does not bear this installation's signature");
    expect(output.match(/^FAULT/gm), output).toHaveLength(1);
    expect(status).toBe(1);
  });

  test('that is forged in the file store is named too', () => {
    const DATA_DIR = path.join(work, 'forged');
    cpSync(env().DATA_DIR, DATA_DIR, { recursive: true });
    const copy = path.join(DATA_DIR, path.relative(env().DATA_DIR, manifest));
    writeFileSync(copy, readFileSync(manifest, 'utf8').replace(/"app":"[^"]*"/, '"app":"forged"'));
    const { status, output } = verifyAudit([], { DATA_DIR });
    expect(output).toContain(`the manifest ${copy}`);
    expect(status).toBe(1);
  });

  test('that says nothing of the record is told of', () => {
    const file = path.join(work, 'silent.jsonl');
    writeFileSync(file, '{"kind":"header"}\n');
    const { status, output } = verifyAudit([file]);
    expect(output).toContain(`WARNING ${file} does not say how far the record had come.`);
    expect(status).toBe(0);
  });
});

describe('after that', () => {
  beforeEach(async () => {
    await anchorHeads(await sealPending());
  });

  test('times that run backwards end it with 1, until somebody who looked accepts them', async () => {
    await write(chain, new Date(Date.now() + 86_400_000));
    await sealPending();
    await write(chain);
    await anchorHeads(await sealPending());
    const { status, output } = verifyAudit();
    expect(output).toMatch(new RegExp(`^NOTE ${scene.workspace.slug}: the clock went back`, 'm'));
    expect(status, output).toBe(1);
    const accepted = verifyAudit(['--accept-times']);
    expect(accepted.output).toContain('Look at the times that are noted above.');
    expect(accepted.status, accepted.output).toBe(0);
  });

  test('a change past the app ends it with 1 and is named, the clock or no', async () => {
    const seal = await db.auditSeal.findFirstOrThrow({
      where: { chain },
      orderBy: { sequence: 'desc' },
      select: { sequence: true, eventId: true },
    });
    await changeAsSuperuser(seal.eventId);
    const { status, output } = verifyAudit();
    expect(output).toContain(`FAULT ${scene.workspace.slug}: entry ${seal.sequence} is not what`);
    expect(output).toContain('The record does not hold.');
    expect(status).toBe(1);
  });
});
