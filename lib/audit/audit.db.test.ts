import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAuditAction } from '@/lib/audit/action-names';
import { exportChain, exportRecord, type RecordHeadings } from '@/lib/audit/audit-export';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { findRecord, findRecordPeople, getChainState } from '@/lib/audit/audit-queries';
import { type RecordCursor, recordFilterSchema } from '@/lib/audit/audit-schema';
import { sealPending } from '@/lib/audit/sealer';
import { anchorHeads } from '@/lib/audit/sealing';
import { db, disconnect } from '@/lib/db';
import { stopQueue } from '@/lib/queue';
import type { Viewer } from '@/lib/session';
import { createDataset, createExample, createTeam } from '@/tests/factories-examples';

type Team = Awaited<ReturnType<typeof createTeam>>;
let own: Team;
let other: Team;

beforeAll(async () => {
  own = await createTeam('own');
  other = await createTeam('other');
});
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

const filter = (over: object = {}) => recordFilterSchema.parse(over);
const write = (viewer: Viewer, subjectId: string, count: number) =>
  db.$transaction((tx) =>
    recordAudit(
      tx,
      viewer,
      ...Array.from({ length: count }, (_, n) => ({
        action: 'example.submitted' as const,
        subjectType: 'example',
        subjectId,
        data: { from: 'draft', to: 'in_review', version: n },
      })),
    ),
  );

async function walk(viewer: Viewer, over: object = {}) {
  const pages: string[][] = [];
  let cursor: RecordCursor | null = null;
  do {
    const page: Awaited<ReturnType<typeof findRecord>> = await findRecord(viewer, {
      filter: filter(over),
      cursor,
    });
    pages.push(page.rows.map((row) => row.id));
    cursor = page.next;
  } while (cursor);
  return pages;
}

describe('the record of a workspace', () => {
  test('pages forwards and back without losing or repeating an entry', async () => {
    const dataset = await createDataset(own.admin);
    const example = await createExample(own.writer, dataset.id);
    // Entries of one transaction have the same time: only the id tells them apart.
    await write(own.writer, example.id, 120);
    const pages = await walk(own.admin, { subject: example.id });
    expect(pages.map((page) => page.length)).toEqual([50, 50, 20]);
    expect(new Set(pages.flat()).size).toBe(120);

    const first = await findRecord(own.admin, {
      filter: filter({ subject: example.id }),
      cursor: null,
    });
    const second = await findRecord(own.admin, {
      filter: filter({ subject: example.id }),
      cursor: first.next,
    });
    const back = await findRecord(own.admin, {
      filter: filter({ subject: example.id }),
      cursor: second.previous,
    });
    expect(back.rows).toEqual(first.rows);
    expect(back.previous).toBeNull();
    expect(first.rows[0]).toMatchObject({
      actor: 'writer of own',
      subject: { key: 'example', number: example.number },
      details: [
        { kind: 'change', from: 'draft', to: 'in_review' },
        { kind: 'number', key: 'version', value: expect.any(Number) },
      ],
    });
  });

  test('is filtered by person, action, kind and day', async () => {
    const team = await createTeam('filtered');
    const dataset = await createDataset(team.admin);
    const example = await createExample(team.writer, dataset.id);
    await write(team.writer, example.id, 2);
    await write(team.reviewer, example.id, 1);
    const count = async (over: object) => (await walk(team.admin, over)).flat().length;
    const today = new Date().toISOString().slice(0, 10);
    expect(await count({ person: team.writer.userId })).toBe(2);
    expect(await count({ action: 'example' })).toBe(3);
    expect(await count({ action: 'example.submitted', person: team.reviewer.userId })).toBe(1);
    expect(await count({ action: 'example.retired' })).toBe(0);
    expect(await count({ from: today, to: today })).toBe(3);
    expect(await count({ to: '2020-01-01' })).toBe(0);
    expect((await findRecordPeople(team.admin)).map(({ id }) => id).sort()).toEqual(
      [team.writer.userId, team.reviewer.userId, team.admin.userId].sort(),
    );
  });

  test('is for its own admins: nobody else reads, counts or exports it', async () => {
    for (const viewer of [own.writer, own.reviewer]) {
      await expect(findRecord(viewer, { filter: filter(), cursor: null })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
      await expect(getChainState(viewer)).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(
        exportRecord(viewer, { filter: filter(), format: 'csv', headings }),
      ).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    const ids = new Set((await walk(own.admin)).flat());
    const foreign = (await walk(other.admin)).flat();
    expect(foreign.some((id) => ids.has(id))).toBe(false);
  });

  test('shows sign-ins of accounts that the admin manages, and of no others', async () => {
    const team = await createTeam('accounts');
    const names = new Map([
      ['managed', team.writer.userId],
      ['elsewhere', team.reviewer.userId],
    ]);
    // The reviewer is in another workspace too, where this admin is nothing.
    await db.member.create({
      data: { workspaceId: other.workspace.id, userId: team.reviewer.userId, role: 'writer' },
      select: { userId: true },
    });
    for (const userId of names.values())
      await db.$transaction((tx) =>
        recordAudit(
          tx,
          { userId, workspaceId: null, via: 'session' },
          { action: 'session.started', subjectType: 'session', data: { method: 'password' } },
        ),
      );
    const { rows } = await findRecord(team.admin, {
      filter: filter({ scope: 'accounts' }),
      cursor: null,
    });
    expect(rows.map((row) => row.actorId)).toEqual([team.writer.userId]);
  });

  test('says how far it is sealed and anchored, and that it does not fit', async () => {
    const team = await createTeam('sealed');
    const dataset = await createDataset(team.admin);
    const example = await createExample(team.writer, dataset.id);
    await write(team.writer, example.id, 3);
    expect(await getChainState(team.admin)).toMatchObject({
      sealed: 0,
      waiting: 3,
      anchored: null,
    });
    await anchorHeads(await sealPending());
    expect(await getChainState(team.admin)).toMatchObject({
      sealed: 3,
      waiting: 0,
      anchored: { sequence: 3 },
      isBroken: false,
    });
    const { writeAnchor } = await import('@/lib/audit/anchors');
    await writeAnchor({ chain: team.workspace.id, sequence: 9, hash: 'ab'.repeat(32) });
    expect(await getChainState(team.admin)).toMatchObject({ isBroken: true });
  });
});

const headings: RecordHeadings = {
  entry: 'Entry',
  at: 'Time',
  person: 'Person',
  personId: 'Person id',
  via: 'Via',
  action: 'Action',
  sentence: 'What',
  subjectType: 'About',
  subjectId: 'About id',
  data: 'Data',
  hash: 'Seal',
  sentenceOf: (action) => action,
};

describe('an export', () => {
  test('holds every entry in order, is recorded, and no cell of it is a formula', async () => {
    const team = await createTeam('exported');
    await db.user.update({ where: { id: team.writer.userId }, data: { name: '=1+2' } });
    const dataset = await createDataset(team.admin);
    const example = await createExample(team.writer, dataset.id);
    await write(team.writer, example.id, 1_200);
    await sealPending();
    const read = async (format: 'csv' | 'jsonl') =>
      text(await exportRecord(team.admin, { filter: filter(), format, headings }));

    const lines = (await read('jsonl'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(1_201);
    expect(lines.slice(0, 1_200).map((line) => line.entry)).toEqual(
      Array.from({ length: 1_200 }, (_, n) => n + 1),
    );
    expect(lines.at(-1)).toMatchObject({ action: 'record.exported', person: 'admin of exported' });

    const csv = await read('csv');
    const rows = parse(csv, { bom: true, columns: true }) as Record<string, string>[];
    expect(rows).toHaveLength(1_202);
    expect(rows[0]?.Person).toBe("'=1+2");
    expect(rows.at(-1)).toMatchObject({
      Action: 'record.exported',
      'Person id': team.admin.userId,
    });
  });
});

test('the program that prints a chain is an entry of that chain, the installation’s as well', async () => {
  const team = await createTeam('printed');
  const dataset = await createDataset(team.admin);
  await write(team.writer, (await createExample(team.writer, dataset.id)).id, 2);
  for (const chain of [team.workspace.id, null]) {
    const lines: { action: string; personId: string | null }[] = [];
    for await (const line of exportChain(chain)) lines.push(JSON.parse(line));
    expect(lines.at(-1)).toMatchObject({ action: 'record.exported', personId: null });
    const last = await db.auditEvent.findFirstOrThrow({
      where: { workspaceId: chain },
      orderBy: { id: 'desc' },
      select: { action: true, actorId: true, data: true },
    });
    expect(last).toEqual({ action: 'record.exported', actorId: null, data: { format: 'jsonl' } });
  }
});

test('every action that the database writes by itself has its sentence', () => {
  const folder = join(process.cwd(), 'prisma/migrations');
  const sql = readdirSync(folder)
    .filter((name) => /^\d{4}_/.test(name))
    .map((name) => readFileSync(join(folder, name, 'migration.sql'), 'utf8'))
    .join('\n');
  const actions = [...sql.matchAll(/, '([a-z_]+\.[a-z_]+)', '/g)].map(([, action]) => action ?? '');
  expect(actions).toContain('example.erased');
  expect(actions.filter((action) => !isAuditAction(action))).toEqual([]);
});
