// What operations answer beside their results (parts of files, problems, headers) is what the document says.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openApiDocument } from '@/lib/api/openapi';
import { operations } from '@/lib/api/operations';
import { REQUESTS } from '@/lib/api/rate';
import { disconnect } from '@/lib/db';
import { problemStatus } from '@/lib/problem';
import texts from '@/messages/en/api.json';
import { call, named } from '@/tests/api-client';
import { createScene, type Scene } from '@/tests/authorization-scene';
import { ownerSql } from '@/tests/database';

vi.mock('next/headers', async () => (await import('@/tests/next-request')).nextHeaders);
vi.mock('next/cache', async () => (await import('@/tests/next-request')).nextCache);
vi.mock('next-intl/server', async () => (await import('@/tests/next-request')).nextIntl);

let shop: Scene;
beforeAll(async () => {
  shop = await createScene('shop');
});
afterAll(disconnect);

type Described = { headers?: Record<string, { $ref: string }>; content?: Record<string, unknown> };
type Document = {
  paths: Record<string, Record<string, { responses: Record<string, Described> }>>;
  components: { headers: Record<string, unknown> };
};
const document = openApiDocument('http://127.0.0.1:3000') as Document;
const toldHeaders = Object.keys(document.components.headers);
/** Stands only where the answer is an earlier one. */
const optional = new Set(['Idempotent-Replayed']);

type Asked = Awaited<ReturnType<typeof call>>;

/** The answer's status, type and headers are those of the document, neither more nor fewer. */
function assertDescribed(id: string, { status, headers }: Asked): void {
  const { path, method } = named(id);
  const responses = document.paths[path]?.[method.toLowerCase()]?.responses ?? {};
  const described = responses[String(status)];
  expect(Object.keys(responses), id).toContain(String(status));
  const type = headers.get('content-type')?.split(';')[0];
  if (described?.content) expect([id, status, type]).toEqual([id, status, expect.anything()]);
  if (described?.content) expect(Object.keys(described.content)).toContain(type);
  const told = Object.keys(described?.headers ?? {});
  const sent = toldHeaders.filter((name) => headers.has(name));
  expect(told, `${id} ${status}`).toEqual(expect.arrayContaining(sent));
  expect(sent, `${id} ${status}`).toEqual(
    expect.arrayContaining(told.filter((name) => !optional.has(name))),
  );
}

async function ask(id: string, sent: Parameters<typeof call>[2] = {}, token = shop.admin.apiToken) {
  const asked = await call(named(id), token, sent);
  assertDescribed(id, asked);
  return asked;
}

describe.each(['getExport', 'getManifest'])('%s', (id) => {
  const take = (headers: Record<string, string> = {}) =>
    ask(id, {
      params: { releaseId: shop.releaseId },
      query: '?format=openai-chat&split=train',
      headers,
    });

  test('gives the whole file, a part of it, and nothing where it is known', async () => {
    const whole = await take();
    expect(whole.status).toBe(200);
    const bytes = Buffer.from(await whole.answer.arrayBuffer());
    const etag = whole.headers.get('etag') ?? '';

    const part = await take({ range: 'bytes=2-9' });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 2-9/${bytes.length}`);
    expect(Buffer.from(await part.answer.arrayBuffer())).toEqual(bytes.subarray(2, 10));

    const known = await take({ 'if-none-match': `"other", ${etag}` });
    expect(known.status).toBe(304);
    expect(known.answer.body).toBeNull();
    expect(known.headers.get('etag')).toBe(etag);

    const changed = await take({ range: 'bytes=0-1', 'if-range': '"other"' });
    expect(changed.status).toBe(200);
    expect(Buffer.from(await changed.answer.arrayBuffer())).toEqual(bytes);
  });

  test('refuses a range behind the end with a problem that says how long it is', async () => {
    const bytes = Number((await take()).headers.get('content-length'));
    const refused = await take({ range: `bytes=${bytes}-` });
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect(refused.headers.get('content-range')).toBe(`bytes */${bytes}`);
    expect(refused).toMatchObject({
      status: 416,
      body: {
        type: 'urn:apprentice:problem:range_not_satisfiable',
        title: texts.problems.RANGE_NOT_SATISFIABLE,
        status: 416,
        detail: texts.errors.badRange,
        code: 'RANGE_NOT_SATISFIABLE',
        data: { bytes },
      },
    });
  });
});

test('results, repeats and problems carry the headers that are told', async () => {
  const params = { datasetId: shop.datasetId };
  await ask('getDataset', { params });
  const key = randomUUID();
  const body = { messages: [{ role: 'user', content: 'Where?' }], reply: 'Here.' };
  expect((await ask('createExample', { params, body, key })).status).toBe(201);
  const replayed = await ask('createExample', { params, body, key });
  expect(replayed.headers.get('idempotent-replayed')).toBe('true');
  const problems = [
    await ask('getDataset', { params: { datasetId: 'x' } }),
    await ask('createExample', { params, body: {}, key: randomUUID() }),
    await ask('createDataset', { key: 'k' }, shop.writer.apiToken),
    await ask('getDataset', { params }, 'none'),
  ];
  expect(problems.map(({ status }) => status)).toEqual([404, 422, 422, 401]);
  expect(problems[3]?.headers.get('www-authenticate')).toBe('Bearer');
  for (const { body: problem } of problems) {
    const { code, title, detail } = problem as Record<string, string>;
    expect(title).toBe(texts.problems[code as keyof typeof texts.problems]);
    expect(detail).toMatch(/^(errors|api\.errors)\./);
    expect(detail).not.toBe(title);
  }
});

test('past the limit the answer says how long to wait', async () => {
  const token = shop.reviewer.apiToken;
  await ask('listDatasets', {}, token);
  await ownerSql(`UPDATE "RateLimit" SET "points" = ${REQUESTS} WHERE "key" LIKE 'api-token:%'`);
  const refused = await ask('listDatasets', {}, token);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  await ownerSql(`DELETE FROM "RateLimit" WHERE "key" LIKE 'api-token:%'`);
});

test('each code has one title, and each operation tells every answer', () => {
  expect(Object.keys(texts.problems).sort()).toEqual(Object.keys(problemStatus).sort());
  expect(new Set(Object.values(texts.problems)).size).toBe(Object.keys(problemStatus).length);
  for (const { id, path, method, isFile, status } of operations) {
    const { responses } = document.paths[path]?.[method.toLowerCase()] ?? { responses: {} };
    const common = [
      '400',
      '401',
      '403',
      '404',
      '405',
      '409',
      '413',
      '422',
      '429',
      '431',
      '500',
      '503',
    ];
    expect([id, Object.keys(responses).sort()]).toEqual([
      id,
      [...common, String(status), ...(isFile ? ['206', '304', '416'] : [])].sort(),
    ]);
    for (const { headers = {} } of Object.values(responses))
      for (const { $ref } of Object.values(headers))
        expect(toldHeaders).toContain($ref.replace('#/components/headers/', ''));
  }
});
