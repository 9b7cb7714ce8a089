// Copies of a whole installation (database and files), and what two of them have in common.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { disconnect } from '@/lib/db';
import { stopQueue } from '@/lib/queue';
import { testDatabase } from '@/tests/database';
import { cloneTemplate, dropDatabase, testRoles } from '@/tests/postgres.mjs';

export type Installation = { name: string; env: Record<string, string>; remove(): Promise<void> };

const portOf = (url: string) => Number(new URL(url).port);
let serial = 0;

/** Ends every connection to this file's database, so that it can be copied. */
export async function closeForCopies(): Promise<void> {
  await stopQueue(0);
  await disconnect();
  const { name, superuserUrl } = testDatabase();
  const client = new pg.Client({ connectionString: superuserUrl.replace(`/${name}`, '/postgres') });
  await client.connect();
  await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
    name,
  ]);
  await client.end();
}

/** A copy of this file's database and data folder as they are now. */
export async function copyInstallation(env: Record<string, string> = {}): Promise<Installation> {
  const source = testDatabase();
  const port = portOf(source.directUrl);
  const name = await cloneTemplate(port, source.name, `copy_${++serial}`);
  const dataDir = mkdtempSync(path.join(tmpdir(), 'apprentice-copy-'));
  cpSync(process.env.DATA_DIR ?? '', dataDir, { recursive: true });
  return {
    name,
    env: {
      ...env,
      DATABASE_URL: testRoles.app(port, name),
      DATABASE_DIRECT_URL: testRoles.owner(port, name),
      DATA_DIR: dataDir,
    },
    async remove() {
      await dropDatabase(port, name);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

type Row = Record<string, unknown>;
type Tables = Record<string, Row[]>;

/** Every row of every table, or of those that are named. */
export async function readTables(url: string, only?: string[]): Promise<Tables> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: names } = await client.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename !~ '^_' ORDER BY 1`,
    );
    const tables: Tables = {};
    for (const { name } of names) {
      if (only && !only.includes(name)) continue;
      const { rows } = await client.query<{ row: Row }>(
        `SELECT to_jsonb(t) AS row FROM ${client.escapeIdentifier(name)} t`,
      );
      tables[name] = rows.map(({ row }) => row);
    }
    return tables;
  } finally {
    await client.end();
  }
}

/** Columns that tell how often or when something was tried, or that depend on a time. */
const volatile: Record<string, string[]> = {
  Job: ['attempts', 'progressDone', 'progressTotal', 'progressStage'],
  RunEvent: ['id'],
  Export: ['manifestSha256'],
  Model: ['adapterSha256'],
  // Holds the time of the entry that it seals.
  AuditSeal: ['hash'],
  WebhookAttempt: ['durationMs'],
};
/** Of the record, what it says; not where in a chain it stands. */
const ofRecord = ['workspaceId', 'actorId', 'via', 'action', 'subjectType', 'subjectId', 'data'];

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const time = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[\d.]*(Z|[+-]\d\d:\d\d)?/g;

/** Ends every other job of a copy: no worker takes them, and one that goes behind trainings would wait for theirs. */
export async function endOtherJobs(url: string, jobId: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(
      `UPDATE "Job" SET "state" = 'done', "finishedAt" = now() WHERE "id" <> $1 AND "finishedAt" IS NULL`,
      [jobId],
    );
  } finally {
    await client.end();
  }
}

/** All ids that a state holds. */
export const idsIn = (tables: Tables): Set<string> =>
  new Set(JSON.stringify(tables).match(uuid) ?? []);

/**
 * What a state says, one line a row: ids that are new since `known` and times are blotted out, so
 * that two ends of the same beginning can be compared line by line.
 */
export function linesOf(tables: Tables, known: Set<string>): string[] {
  return Object.entries(tables).flatMap(([name, rows]) =>
    rows
      .map((row) => {
        const kept = Object.entries(row).filter(([column]) =>
          name === 'AuditEvent' ? ofRecord.includes(column) : !volatile[name]?.includes(column),
        );
        const text = JSON.stringify(Object.fromEntries(kept));
        return `${name} ${text.replace(uuid, (id) => (known.has(id) ? id : '#')).replace(time, '@')}`;
      })
      .sort(),
  );
}

/** Lines that stand in one of two states and not in the other, as often as they are too many there. */
export function differences(wanted: string[], found: string[]): string[] {
  const balance = new Map<string, number>();
  for (const line of wanted) balance.set(line, (balance.get(line) ?? 0) - 1);
  for (const line of found) balance.set(line, (balance.get(line) ?? 0) + 1);
  return [...balance].flatMap(([line, count]) =>
    count === 0 ? [] : [`${count > 0 ? 'too much' : 'missing'}: ${line}`],
  );
}

const sha256 = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

/** Tables whose rows promise a file. */
export const tablesWithFiles = ['Export', 'Model'];

/** Files that people can reach through a row although they are missing or not what the row says. */
export function brokenFiles(tables: Tables, dataDir: string): string[] {
  const promised = [
    ...(tables.Export ?? []).flatMap((row) => [
      [row.fileKey, row.sha256],
      [row.manifestKey, row.manifestSha256],
    ]),
    ...(tables.Model ?? []).map((row) => [row.adapterKey, row.adapterSha256]),
  ];
  return promised
    .map(([key, sha]) => [path.join(dataDir, 'files', String(key)), sha] as const)
    .filter(([file, sha]) => !existsSync(file) || sha256(file) !== sha)
    .map(([file]) => file);
}
