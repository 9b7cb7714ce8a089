// A process dies with a request of a program in its hands; the program sends it again.
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Operation } from '@/lib/api/operation';
import { operations } from '@/lib/api/operations';
import { db, disconnect } from '@/lib/db';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { startImportCheck, startImportCommit } from '@/lib/imports/import-mutations';
import { deliver } from '@/lib/imports/import-test-kit';
import { call, named } from '@/tests/api-client';
import { createScene, type Scene } from '@/tests/authorization-scene';
import { ownerSql, testDatabase } from '@/tests/database';
import { readTables } from '@/tests/faults/snapshot';

vi.mock('next/headers', async () => (await import('@/tests/next-request')).nextHeaders);
vi.mock('next/cache', async () => (await import('@/tests/next-request')).nextCache);
vi.mock('next-intl/server', async () => (await import('@/tests/next-request')).nextIntl);

let shop: Scene;
beforeAll(async () => {
  shop = await createScene('shop');
});
afterAll(disconnect);

type By = 'writer' | 'reviewer' | 'admin';
type Sent = NonNullable<Parameters<typeof call>[2]>;
type Ready = Sent & { by: By };

const content = { messages: [{ role: 'user', content: 'Where is it?' }], reply: 'On its way.' };
const file = { name: 'mails.csv', text: 'prompt,reply\nWhere is it?,On its way.\n' };

const send = (operation: Operation, { by, ...sent }: Ready) =>
  call(operation, shop[by].apiToken, sent);
const writing = (key: string = randomUUID()): Ready => ({
  by: 'writer',
  key,
  params: { datasetId: shop.datasetId },
  body: content,
});
const uploading = (over: Partial<typeof file> = {}, key: string = randomUUID()): Ready => {
  const { body: _, ...sent } = writing(key);
  return { ...sent, file: { ...file, ...over } };
};

/** An import as far as its next step. */
async function importUpTo(step: 'check' | 'commit' | 'undo') {
  const importId = await shop.upload(shop.writer);
  const seen = () => db.import.findUniqueOrThrow({ where: { id: importId } });
  const { viewer } = shop.writer;
  if (step !== 'check')
    await deliver((await startImportCheck(viewer, { importId, version: 1 })).jobId);
  if (step === 'undo') {
    const { version } = await seen();
    const target = 'draft' as const;
    await deliver((await startImportCommit(viewer, { importId, version, target })).jobId);
  }
  return { params: { datasetId: shop.datasetId, importId }, version: (await seen()).version };
}

/** One good request of each operation that is carried out again. */
const ready: Record<string, () => Promise<Ready>> = {
  createExample: async () => writing(),
  submitExample: async () => {
    const { id, version } = await shop.example();
    return { by: 'writer', params: { exampleId: id }, body: { version } };
  },
  uploadImport: async () => uploading(),
  checkImport: async () => {
    const { params, version } = await importUpTo('check');
    return { by: 'writer', params, body: { version } };
  },
  commitImport: async () => {
    const { params, version } = await importUpTo('commit');
    return { by: 'writer', params, body: { version, target: 'draft' } };
  },
  undoImport: async () => {
    const { params, version } = await importUpTo('undo');
    return { by: 'writer', params, body: { version } };
  },
  decide: async () => {
    const { id, version, revisionId } = await shop.example('in_review');
    const decisionId = randomUUID();
    const body = { decision: 'approve', decisionId, exampleId: id, revisionId, version };
    return { by: 'reviewer', params: { datasetId: shop.datasetId }, body };
  },
  createRun: async () => {
    const body = { quoteId: await shop.quote() };
    return { by: 'admin', params: { releaseId: shop.releaseId }, body };
  },
  cancelRun: async () => ({ by: 'admin', params: { runId: await shop.run() } }),
  createProof: async () => {
    const body = { planId: await shop.plan() };
    return { by: 'admin', params: { modelId: shop.modelId }, body };
  },
  closeProof: async () => ({ by: 'admin', params: { proofId: await shop.proof() } }),
};

/** The row as a death leaves it when all but the answer was stored, and its minute has gone by. */
const loseAnswer = (key = '') =>
  ownerSql(
    `UPDATE "ApiRequest" SET "status" = NULL, "body" = NULL, "claimedUntil" = now() WHERE "key" = $1`,
    [key],
  );
const rowOf = (key = '') => db.apiRequest.findFirstOrThrow({ where: { key } });

/** The same operation in a process that does as much as `run` says. */
const as = (operation: Operation, run: Operation['run']): Operation => ({ ...operation, run });
const dying = (operation: Operation) =>
  as(operation, async () => {
    throw new Error('the process is gone');
  });

async function rowCounts(): Promise<Record<string, number>> {
  const tables = await readTables(testDatabase().directUrl);
  return Object.fromEntries(Object.entries(tables).map(([name, rows]) => [name, rows.length]));
}
const examples = () => db.example.count({ where: { datasetId: shop.datasetId } });
const storedFiles = () =>
  readdirSync(env().DATA_DIR, { recursive: true, withFileTypes: true }).filter((one) =>
    one.isFile(),
  ).length;

test('every POST says what its repeat does, and what is to be looked at can be asked for', () => {
  const posts = operations.filter(({ method }) => method === 'POST');
  const again = posts.filter(({ repeat }) => repeat === 'again').map(({ id }) => id);
  expect(again.sort()).toEqual(Object.keys(ready).sort());
  for (const { id, repeat } of posts)
    if (repeat !== 'again') expect(named(repeat?.look ?? '').method, id).toBe('GET');
  expect(operations.filter((one) => one.method !== 'POST' && one.repeat)).toEqual([]);
});

describe('the answer was lost, and the effect is there', () => {
  test.each(Object.keys(ready))('%s is carried out again without a second effect', async (id) => {
    const sent = { key: randomUUID(), ...(await ready[id]?.()) } as Ready;
    const first = await send(named(id), sent);
    expect(first, id).toMatchObject({ status: named(id).status });
    await loseAnswer(sent.key);
    const before = { rows: await rowCounts(), files: storedFiles() };
    const again = await send(named(id), sent);
    // A proof that is there says so by having no new job.
    const told = id === 'createProof' ? { ...first.body, jobId: null } : first.body;
    expect(again).toMatchObject({ status: first.status, body: told });
    expect({ rows: await rowCounts(), files: storedFiles() }).toEqual(before);
    // From now on it is an answer like others.
    expect((await send(named(id), sent)).headers.get('idempotent-replayed')).toBe('true');
  });

  const others = operations.filter(({ method, repeat }) => method === 'POST' && repeat !== 'again');
  test.each(others.map(({ id }) => id))(
    '%s is not, and the answer says where to look',
    async (id) => {
      const operation = named(id);
      const params = Object.fromEntries(
        [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name ?? '', shop.datasetId]),
      );
      const sent: Ready = { by: 'admin', key: randomUUID(), params, body: operation.examples.body };
      expect(await send(dying(operation), sent)).toMatchObject({ status: 500 });
      const before = await rowCounts();
      for (const _ of ['once', 'twice']) {
        const again = await send(operation, sent);
        expect(again).toMatchObject({
          status: 409,
          body: { detail: 'api.errors.outcomeUnknown', data: { outcome: 'unknown' } },
        });
        expect(again.body.data.look).toMatch(/^\/api\/v1\//);
      }
      expect(await rowCounts()).toEqual(before);
    },
  );

  test('20 repeats at once: still one effect', async () => {
    const sent = writing();
    const first = await send(named('createExample'), sent);
    await loseAnswer(sent.key);
    const before = await examples();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => send(named('createExample'), sent)),
    );
    for (const { status, body } of answers)
      if (status === 201) expect(body).toEqual(first.body);
      else expect({ status, ...body.data }).toEqual({ status: 409, outcome: 'under_way' });
    expect(await examples()).toBe(before);
  });
});

describe('who holds a request', () => {
  test('a death before the effect: the repeat has it', async () => {
    const sent = writing();
    const before = await examples();
    expect(await send(dying(named('createExample')), sent)).toMatchObject({ status: 500 });
    expect(await send(named('createExample'), sent)).toMatchObject({ status: 201 });
    expect(await examples()).toBe(before + 1);
  });

  test('while its process gives signs nobody else; a process that only seemed dead does no harm', async () => {
    const sent = writing();
    const before = await examples();
    const { run } = named('createExample');
    const waiting = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const slow = send(
      as(named('createExample'), async (input) => {
        begun.resolve();
        await waiting.promise;
        return run(input);
      }),
      sent,
    );
    await begun.promise;
    expect(await send(named('createExample'), sent)).toMatchObject({
      status: 409,
      body: { detail: 'api.errors.inProgress', data: { outcome: 'under_way' } },
    });
    await ownerSql(`UPDATE "ApiRequest" SET "claimedUntil" = now() WHERE "key" = $1`, [sent.key]);
    const taken = await send(named('createExample'), sent);
    expect(taken).toMatchObject({ status: 201 });
    waiting.resolve();
    expect((await slow).body).toEqual(taken.body);
    expect(await examples()).toBe(before + 1);
    expect(await send(named('createExample'), sent)).toMatchObject({ body: taken.body });
  });

  test('a long request gives signs', async () => {
    const sent = writing();
    const { run } = named('createExample');
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const long = as(named('createExample'), async (input) => {
        const { claimedUntil } = await rowOf(sent.key);
        expect(claimedUntil.getTime()).toBeGreaterThan(Date.now() + 50_000);
        await ownerSql(`UPDATE "ApiRequest" SET "claimedUntil" = now() WHERE "key" = $1`, [
          sent.key,
        ]);
        vi.advanceTimersByTime(15_000);
        await vi.waitFor(async () =>
          expect((await rowOf(sent.key)).claimedUntil.getTime()).toBeGreaterThan(
            Date.now() + 50_000,
          ),
        );
        return run(input);
      });
      expect(await send(long, sent)).toMatchObject({ status: 201 });
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  test('a refusal of the repeat does not say that the first attempt changed nothing', async () => {
    const sent = writing();
    await send(dying(named('createExample')), sent);
    const refusing = as(named('createExample'), async () => {
      throw new AppError('CONFLICT');
    });
    expect(await send(refusing, sent)).toMatchObject({ status: 409 });
    const other = { ...sent, body: { ...content, reply: 'Tomorrow.' } };
    expect(await send(named('createExample'), other)).toMatchObject({ status: 422 });
    expect(await send(named('createExample'), sent)).toMatchObject({ status: 201 });
  });
});

describe('an upload is told from another one by its bytes', () => {
  const reused = { status: 422, body: { detail: 'api.errors.keyReused' } };
  /** As long as the file, under its name. */
  const other = { text: file.text.replace('On its way', 'Not on way') };

  test('the same file has its first answer; other bytes or another name are another request', async () => {
    expect(other.text).toHaveLength(file.text.length);
    const sent = uploading();
    const first = await send(named('uploadImport'), sent);
    const before = { rows: await rowCounts(), files: storedFiles() };
    const again = await send(named('uploadImport'), sent);
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    for (const over of [other, { text: `${file.text}\n` }, { text: '' }, { name: 'more.csv' }])
      expect(await send(named('uploadImport'), uploading(over, sent.key))).toMatchObject(reused);
    expect({ rows: await rowCounts(), files: storedFiles() }).toEqual(before);
  });

  test('also where the answer to the first was lost', async () => {
    const sent = uploading();
    const first = await send(named('uploadImport'), sent);
    await loseAnswer(sent.key);
    const before = { rows: await rowCounts(), files: storedFiles() };
    expect(await send(named('uploadImport'), uploading(other, sent.key))).toMatchObject(reused);
    expect({ rows: await rowCounts(), files: storedFiles() }).toEqual(before);
    expect(await send(named('uploadImport'), sent)).toMatchObject({ body: first.body });
  });

  test('what broke off before its end had no effect, and other bytes may follow', async () => {
    const sent = uploading();
    const breaking = as(named('uploadImport'), async (input) => {
      const { file: bytes } = (input as { call: { file: AsyncIterable<Uint8Array> } }).call;
      for await (const _ of bytes) throw new Error('the connection is gone');
    });
    expect(await send(breaking, sent)).toMatchObject({ status: 500 });
    expect((await rowOf(sent.key)).fileHash).toBeNull();
    expect(await send(named('uploadImport'), uploading(other, sent.key))).toMatchObject({
      status: 201,
    });
  });

  test('a file that cannot be read leaves its key free', async () => {
    const sent = uploading({ text: '\0\0\0' });
    expect(await send(named('uploadImport'), sent)).toMatchObject({ status: 422 });
    expect(await send(named('uploadImport'), uploading({}, sent.key))).toMatchObject({
      status: 201,
    });
  });
});
