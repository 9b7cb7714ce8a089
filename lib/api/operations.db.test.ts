// Operations over HTTP as a program meets them: tokens, scopes, roles, problems, repeated requests.
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { z } from 'zod';
import { openApiDocument } from '@/lib/api/openapi';
import type { Operation } from '@/lib/api/operation';
import { operations } from '@/lib/api/operations';
import { REQUESTS } from '@/lib/api/rate';
import { db, disconnect } from '@/lib/db';
import { AppError, type ErrorCode, errorStatus } from '@/lib/errors';
import { can, type Role, roles } from '@/lib/permissions';
import { createApiToken, revokeApiToken } from '@/lib/tokens/token-mutations';
import { tokenScopes } from '@/lib/tokens/token-schema';
import { call, named } from '@/tests/api-client';
import { ownerSql } from '@/tests/database';
import { createMember, createTestToken, createWorkspace } from '@/tests/factories';
import { createDataset, createExample } from '@/tests/factories-examples';

vi.mock('next/headers', async () => (await import('@/tests/next-request')).nextHeaders);
vi.mock('next/cache', async () => (await import('@/tests/next-request')).nextCache);
vi.mock('next-intl/server', async () => (await import('@/tests/next-request')).nextIntl);

const content = { messages: [{ role: 'user', content: 'Where is it?' }], reply: 'On its way.' };
type Member = Awaited<ReturnType<typeof createMember>>;
let people: Record<Role, Member>;
let workspace: { id: string };
let stranger: Member;
let datasetId: string;

beforeAll(async () => {
  workspace = await createWorkspace({ name: 'Ours' });
  people = {
    writer: await createMember(workspace, 'writer'),
    reviewer: await createMember(workspace, 'reviewer'),
    admin: await createMember(workspace, 'admin'),
  };
  stranger = await createMember(await createWorkspace({ name: 'Theirs' }), 'admin');
  datasetId = (await createDataset(people.admin.viewer)).id;
});
afterAll(disconnect);

const write = (token: string, key: string, body: unknown = content) =>
  call(named('createExample'), token, { params: { datasetId }, body, key });

describe('a token', () => {
  test('is stored as a hash only, and its making and taking back are recorded', async () => {
    const { id, token } = await createTestToken(people.writer.viewer);
    const dump = JSON.stringify(await ownerSql('SELECT * FROM "ApiToken"'));
    expect(dump).not.toContain(token);
    expect(dump).not.toContain(token.slice(12));
    await revokeApiToken(people.writer.viewer, id);
    await revokeApiToken(people.writer.viewer, id);
    const entries = await db.auditEvent.findMany({
      where: { subjectId: id },
      select: { action: true },
      orderBy: { id: 'asc' },
    });
    expect(entries.map(({ action }) => action)).toEqual(['token.created', 'token.revoked']);
    expect(await call(named('listDatasets'), token)).toMatchObject({ status: 401 });
  });

  test('ends with its day, its owner’s account and its owner’s membership; its role is that of now', async () => {
    const person = await createMember(workspace, 'admin');
    const { id, token } = await createTestToken(person.viewer);
    const list = () => call(named('listDatasets'), token);
    expect(await list()).toMatchObject({ status: 200 });
    expect((await db.apiToken.findUniqueOrThrow({ where: { id } })).lastUsedAt).not.toBeNull();

    const where = { workspaceId_userId: { workspaceId: workspace.id, userId: person.id } };
    await db.member.update({ where, data: { role: 'writer' } });
    const body = { name: 'New', task: 'Answer', systemPrompt: 'You answer.' };
    expect(await call(named('createDataset'), token, { body, key: 'a' })).toMatchObject({
      status: 403,
    });
    await db.user.update({ where: { id: person.id }, data: { disabledAt: new Date() } });
    expect(await list()).toMatchObject({ status: 401 });
    await db.user.update({ where: { id: person.id }, data: { disabledAt: null } });
    expect(await list()).toMatchObject({ status: 200 });
    await db.member.delete({ where });
    expect(await list()).toMatchObject({ status: 401 });

    const other = await createTestToken(people.writer.viewer);
    await db.apiToken.update({ where: { id: other.id }, data: { expiresAt: new Date() } });
    expect(await call(named('listDatasets'), other.token)).toMatchObject({ status: 401 });
  });

  test('is taken back by its owner and by admins of its workspace, by nobody else', async () => {
    const mine = await createTestToken(people.writer.viewer);
    for (const { viewer } of [people.reviewer, stranger])
      await expect(revokeApiToken(viewer, mine.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await revokeApiToken(people.admin.viewer, mine.id);
    expect(await call(named('listDatasets'), mine.token)).toMatchObject({ status: 401 });
  });

  test('makes no other token', async () => {
    const program = { ...people.admin.viewer, via: 'token' as const };
    const input = { name: 'x', scopes: [...tokenScopes], days: 1 };
    await expect(createApiToken(program, input)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('scopes and roles', () => {
  test.each(operations.map((one) => [one.id, one] as const))('%s', async (_, operation) => {
    const others = tokenScopes.filter((scope) => scope !== operation.scope);
    const { token } = await createTestToken(people.admin.viewer, others);
    const params = { datasetId, exampleId: datasetId };
    const refused = await call(operation, token, { params, key: 'k' });
    expect(refused).toMatchObject({ status: 403, body: { detail: 'api.errors.scope' } });
    expect(await call(operation, null, { params, key: 'k' })).toMatchObject({ status: 401 });
  });

  test('a program that only writes is nobody’s second person', async () => {
    const scopes = tokenScopes.filter((scope) => scope !== 'reviews:decide');
    const { token } = await createTestToken(people.reviewer.viewer, scopes);
    for (const id of ['decide', 'approveBrief', 'setTokenDecisions'])
      expect(
        await call(named(id), token, { params: { datasetId }, body: { version: 1 }, key: id }),
        id,
      ).toMatchObject({ status: 403 });
  });

  test.each(roles)('a %s’s token with every scope may what the role may', async (role) => {
    const { token } = await createTestToken(people[role].viewer);
    const body = { name: `By ${role}`, task: 'Answer', systemPrompt: 'You answer.' };
    const made = await call(named('createDataset'), token, { body, key: 'd' });
    expect(made.status).toBe(can(role, 'dataset:create') ? 201 : 403);
    expect(await write(token, 'e')).toMatchObject({ status: 201 });
  });

  test('another workspace’s things do not exist', async () => {
    const { token } = await createTestToken(stranger.viewer);
    const { id } = await createExample(people.writer.viewer, datasetId);
    expect(await call(named('getDataset'), token, { params: { datasetId } })).toMatchObject({
      status: 404,
    });
    const example = await call(named('getExample'), token, { params: { exampleId: id } });
    expect(example).toMatchObject({ status: 404 });
    expect(await write(token, 'f')).toMatchObject({ status: 404 });
  });
});

describe('a repeated request', () => {
  test('20 at once with one key: one effect, and then one answer', async () => {
    const { token } = await createTestToken(people.writer.viewer);
    const before = await db.example.count({ where: { datasetId } });
    const answers = await Promise.all(Array.from({ length: 20 }, () => write(token, 'same')));
    expect(await db.example.count({ where: { datasetId } })).toBe(before + 1);
    const done = answers.filter(({ status }) => status === 201);
    expect(done.length).toBeGreaterThan(0);
    expect(answers.filter(({ status }) => status !== 201 && status !== 409)).toEqual([]);
    const again = await write(token, 'same');
    expect(again).toMatchObject({ status: 201, body: done[0]?.body });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await db.example.count({ where: { datasetId } })).toBe(before + 1);
  });

  test('another body is refused, another token has keys of its own, and a day frees them', async () => {
    const { id, token } = await createTestToken(people.writer.viewer);
    expect(await write(token, 'one')).toMatchObject({ status: 201 });
    const other = { ...content, reply: 'Tomorrow.' };
    expect(await write(token, 'one', other)).toMatchObject({
      status: 422,
      body: { detail: 'api.errors.keyReused' },
    });
    const second = await createTestToken(people.writer.viewer);
    expect(await write(second.token, 'one', other)).toMatchObject({ status: 201 });
    await db.apiRequest.updateMany({
      where: { tokenId: id },
      data: { createdAt: new Date(Date.now() - 25 * 3_600_000) },
    });
    expect(await write(token, 'one', other)).toMatchObject({ status: 201 });
  });

  test('a refused request leaves its key free; without a key nothing is done', async () => {
    const { token } = await createTestToken(people.writer.viewer);
    const bad = await write(token, 'two', { messages: [], reply: 'x' });
    expect(bad).toMatchObject({ status: 422, body: { fieldErrors: { messages: 'empty' } } });
    expect(await write(token, 'two')).toMatchObject({ status: 201 });
    expect(await write(token, '')).toMatchObject({
      status: 422,
      body: { detail: 'api.errors.keyMissing' },
    });
  });
});

test('pages follow each other without gaps or repeats; a cursor of somebody’s making is refused', async () => {
  const { token } = await createTestToken(people.writer.viewer);
  const { id } = await createDataset(people.admin.viewer);
  for (let n = 0; n < 7; n += 1) await createExample(people.writer.viewer, id);
  const list = (query: string) =>
    call(named('listExamples'), token, { params: { datasetId: id }, query });
  const numbers: number[] = [];
  let next: string | null = null;
  do {
    const page = await list(`?limit=3${next ? `&cursor=${next}` : ''}`);
    for (const { number } of page.body.examples) numbers.push(number);
    next = page.body.next;
  } while (next);
  expect(numbers).toEqual([7, 6, 5, 4, 3, 2, 1]);
  expect(await list('?cursor=x')).toMatchObject({ status: 422 });
  expect(await list('?limt=3')).toMatchObject({ status: 422 });
});

test('past the limit a token waits, and others do not', async () => {
  const { id, token } = await createTestToken(people.writer.viewer);
  const first = await call(named('listDatasets'), token);
  expect(first.headers.get('ratelimit')).toMatch(/^"token";r=599;t=\d+$/);
  expect(first.headers.get('ratelimit-policy')).toBe('"token";q=600;w=60');
  await ownerSql(`UPDATE "RateLimit" SET "points" = ${REQUESTS} WHERE "key" = $1`, [
    `api-token:${id}`,
  ]);
  const late = await call(named('listDatasets'), token);
  expect(late).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } });
  expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0);
  const other = await createTestToken(people.writer.viewer);
  expect(await call(named('listDatasets'), other.token)).toMatchObject({ status: 200 });
});

test.each(Object.entries(errorStatus))('the problem of %s', async (code, status) => {
  const { token } = await createTestToken(people.writer.viewer);
  const failing: Operation = {
    ...named('listDatasets'),
    run: async () => {
      throw new AppError(code as ErrorCode);
    },
  };
  const answer = await call(failing, token);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(answer).toMatchObject({
    status,
    body: { type: `urn:apprentice:problem:${code.toLowerCase()}`, status, code },
  });
});

test('what a POST answers, which is kept, holds no text of people', () => {
  const said = operations
    .filter(({ method }) => method === 'POST')
    .flatMap(({ output }) => Object.keys((output as z.ZodObject).shape));
  const allowed = [
    ...['id', 'number', 'status', 'version', 'datasetId', 'revisionId', 'exampleId', 'jobId'],
    ...['reviewId', 'decision', 'commitment', 'baseModel', 'contextLength', 'priceCents'],
    ...['trainingExamples', 'validationExamples', 'heldOutExamples', 'expectedSeconds'],
    ...['trainingTokens', 'longestTokens', 'tooLong'],
  ];
  expect(said.filter((name) => !allowed.includes(name))).toEqual([]);
  expect(said).toContain('revisionId');
});

describe('the document', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));

  test('has every route file and method, and nothing else', async () => {
    const folder = join(root, 'app/api/v1');
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.name === 'route.ts')
      .map((entry) => join(entry.parentPath, entry.name));
    const served: string[] = [];
    for (const file of files) {
      const path = relative(join(root, 'app'), file)
        .replace(/\/route\.ts$/, '')
        .replace(/\[(\w+)\]/g, '{$1}');
      for (const method of Object.keys(await import(file))) served.push(`${method} /${path}`);
    }
    const { paths } = openApiDocument('http://127.0.0.1:3000') as {
      paths: Record<string, Record<string, unknown>>;
    };
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual(served.sort());
  });

  test('is OpenAPI 3.1 by the specification’s own schema', async () => {
    const found = await new Validator().validate(openApiDocument('http://127.0.0.1:3000'));
    expect(found.errors).toBeUndefined();
    expect(found.valid).toBe(true);
    const broken = { ...openApiDocument('http://127.0.0.1:3000'), paths: { sign: {} } };
    expect((await new Validator().validate(broken)).valid).toBe(false);
  });

  test('its examples are what the operations take and give', () => {
    for (const { id, input, output, examples } of operations) {
      if (input.body) expect(input.body.safeParse(examples.body).error, id).toBeUndefined();
      expect(output.safeParse(examples.output).error, id).toBeUndefined();
    }
  });
});
