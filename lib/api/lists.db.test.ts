// Every list over HTTP, walked page by page; and the record, whose chain a program can follow.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { z } from 'zod';
import { operations } from '@/lib/api/operations';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { FIRST_PREVIOUS, sealHash } from '@/lib/audit/seal-rules';
import { sealPending } from '@/lib/audit/sealer';
import { db, disconnect } from '@/lib/db';
import { createImport } from '@/lib/imports/import-mutations';
import { createPlan } from '@/lib/proofs/plan-mutations';
import { createProof } from '@/lib/proofs/proof-mutations';
import { freeze } from '@/lib/releases/release-fixtures';
import { call, named } from '@/tests/api-client';
import { createTestToken } from '@/tests/factories';
import { createDataset, createTeam } from '@/tests/factories-examples';
import { createModel, createProvable, type Provable, plan } from '@/tests/factories-proofs';

vi.mock('next/headers', async () => (await import('@/tests/next-request')).nextHeaders);
vi.mock('next/cache', async () => (await import('@/tests/next-request')).nextCache);
vi.mock('next-intl/server', async () => (await import('@/tests/next-request')).nextIntl);

let team: Awaited<ReturnType<typeof createTeam>>;
let token: string;
let provable: Provable;
let importId: string;

beforeAll(async () => {
  team = await createTeam('lists');
  ({ token } = await createTestToken(team.admin));
  provable = await createProvable(team, { rows: 24 });
  const { datasetId, releaseId, briefId } = provable;
  for (const name of ['Émile', 'anchor', 'Zebra', 'zebra', 'éclair', 'b 2', 'b 10'])
    await createDataset(team.admin, { name });
  for (let n = 0; n < 2; n += 1) await freeze(team.admin, datasetId, briefId);
  const { id: planId } = await createPlan(team.admin, plan(releaseId));
  for (let n = 0; n < 3; n += 1) {
    const modelId = await createModel(team, releaseId);
    await createProof(team.admin, { modelId, planId });
  }
  importId = await createBadRows(datasetId);
}, 60_000);
afterAll(disconnect);

/** An import whose dry run found bad rows. */
async function createBadRows(datasetId: string): Promise<string> {
  async function* body() {
    yield Buffer.from('prompt,reply\nWhere is it?,On its way.\n');
  }
  const { id } = await createImport(team.admin, { datasetId, fileName: 'mails.csv', body: body() });
  const row = { importId: id, reason: 'empty', values: [], excerpt: '' };
  await db.importRow.createMany({ data: [3, 5, 8, 13, 21].map((line) => ({ ...row, line })) });
  return id;
}

const ids = async (rows: Promise<{ id: string }[]>) => (await rows).map(({ id }) => id).sort();
const ours = () => ({ where: { workspaceId: team.workspace.id }, select: { id: true } });
const inDataset = () => ({
  where: { datasetId: provable.datasetId },
  select: { id: true },
});

/** What each list must hold, whatever its pages. */
const lists: Record<string, { entries: string; all: () => Promise<string[]>; key?: string }> = {
  listDatasets: { entries: 'datasets', all: () => ids(db.dataset.findMany(ours())) },
  listExamples: { entries: 'examples', all: () => ids(db.example.findMany(inDataset())) },
  listReleases: { entries: 'releases', all: () => ids(db.release.findMany(inDataset())) },
  listRuns: { entries: 'runs', all: () => ids(db.run.findMany(ours())) },
  listModels: { entries: 'models', all: () => ids(db.model.findMany(ours())) },
  listProofs: { entries: 'proofs', all: () => ids(db.proof.findMany(ours())) },
  listRecord: { entries: 'entries', all: () => ids(db.auditEvent.findMany(ours())) },
  listBadRows: {
    entries: 'rows',
    key: 'line',
    all: async () => ['13', '21', '3', '5', '8'],
  },
};

type Entry = Record<string, unknown>;

async function page(id: string, query: Record<string, string>) {
  const places = { datasetId: provable.datasetId, importId };
  const isNamed = ([name]: [string, string]) => named(id).path.includes(`{${name}}`);
  const params = Object.fromEntries(Object.entries(places).filter(isNamed));
  const asked = await call(named(id), token, { params, query: `?${new URLSearchParams(query)}` });
  return { status: asked.status, body: asked.body as Record<string, unknown> };
}

/** Every page of a list, as often as it takes. */
async function walk(id: string, limit: number, query: Record<string, string> = {}) {
  const pages: Entry[][] = [];
  for (let cursor: string | null = null; ; ) {
    const { status, body } = await page(id, {
      ...query,
      limit: String(limit),
      ...(cursor === null ? {} : { cursor }),
    });
    expect([id, status]).toEqual([id, 200]);
    pages.push(body[lists[id]?.entries ?? ''] as Entry[]);
    expect(body).toHaveProperty('next');
    if (body.next === null) return pages;
    cursor = String(body.next);
    if (pages.length > 1_000) throw new Error(`${id} has no end`);
  }
}

test('every list is walked here', () => {
  const named = operations.map(({ id }) => id).filter((id) => id.startsWith('list'));
  expect(named.sort()).toEqual(Object.keys(lists).sort());
  for (const { id, input, output } of operations.filter((one) => one.id.startsWith('list'))) {
    const query = input.query as z.ZodObject | undefined;
    expect([id, Object.keys(query?.shape ?? {})]).toEqual([
      id,
      expect.arrayContaining(['limit', 'cursor']),
    ]);
    expect([id, Object.keys((output as z.ZodObject).shape)]).toEqual([
      id,
      expect.arrayContaining(['next']),
    ]);
  }
});

describe.each(Object.entries(lists))('%s', (id, { all, key = 'id' }) => {
  test.each([1, 2, 3, 100])('in pages of %i holds everything once, in one order', async (limit) => {
    const pages = await walk(id, limit);
    const found = pages.flat().map((entry) => String(entry[key]));
    const expected = await all();
    expect(expected.length).toBeGreaterThan(2);
    expect([...found].sort()).toEqual(expected);
    for (const one of pages.slice(0, -1)) expect(one).toHaveLength(limit);
    const whole = (await walk(id, 100)).flat().map((entry) => String(entry[key]));
    expect(found).toEqual(whole);
  });

  test('refuses a limit or a cursor that is none', async () => {
    for (const query of [{ limit: '0' }, { limit: '101' }, { limit: 'x' }, { cursor: 'x' }])
      expect([query, (await page(id, query)).status]).toEqual([query, 422]);
  });
});

test('a cursor of another workspace’s list is refused or goes nowhere', async () => {
  const rival = await createTeam('rival');
  const theirs = await createProvable(rival, { rows: 12 });
  const run = await db.run.findFirstOrThrow({ where: { releaseId: theirs.releaseId } });
  const cursors = { listDatasets: theirs.datasetId, listReleases: theirs.releaseId };
  for (const [id, cursor] of Object.entries({ ...cursors, listRuns: run.id }))
    expect(await page(id, { cursor })).toMatchObject({
      status: 422,
      body: { fieldErrors: { cursor: 'badCursor' } },
    });
  for (const [id, cursor] of Object.entries({ listModels: theirs.modelId }))
    for (const entry of (await page(id, { cursor })).body.models as { id: string }[])
      expect(entry.id).not.toBe(theirs.modelId);
});

test('a new row while somebody walks neither hides nor repeats another', async () => {
  const first = await page('listRuns', { limit: '2' });
  const before = await lists.listRuns?.all();
  await createModel(team, provable.releaseId);
  const seen = (first.body.runs as { id: string }[]).map(({ id }) => id);
  for (let cursor = first.body.next; cursor !== null; ) {
    const { body } = await page('listRuns', { limit: '2', cursor: String(cursor) });
    seen.push(...(body.runs as { id: string }[]).map(({ id }) => id));
    cursor = body.next;
  }
  expect([...seen].sort()).toEqual(before);
});

test('from the record alone a program recomputes every hash of the chain', async () => {
  await db.$transaction((tx) =>
    recordAudit(tx, team.admin, {
      action: 'example.bulk_changed',
      subjectType: 'dataset',
      subjectId: provable.datasetId,
      data: { nested: { z: 1, a: [true, null] }, count: 3 },
    }),
  );
  await sealPending();
  const entries = (await walk('listRecord', 7)).flat() as {
    id: string;
    at: string;
    workspaceId: string;
    sequence: number | null;
    actorId: string | null;
    via: string;
    action: string;
    subjectType: string;
    subjectId: string | null;
    data: Entry;
    hash: string | null;
  }[];
  const chain = entries.filter(({ sequence }) => sequence !== null);
  chain.sort((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0));
  expect(chain.map(({ sequence }) => sequence)).toEqual(chain.map((_, index) => index + 1));
  expect(chain.length).toBe(entries.length);
  let previous = FIRST_PREVIOUS;
  for (const { sequence, hash, data, actor: _, ...entry } of chain as (Entry &
    (typeof chain)[0])[]) {
    const place = { chain: entry.workspaceId, sequence: sequence ?? 0, previous };
    expect(sealHash({ ...entry, data: JSON.stringify(data) }, place)).toBe(hash);
    previous = hash ?? '';
  }
});
