// Every server action and every route handler that exists, called by everybody: those who may,
// those who may not, strangers with foreign ids, disabled and signed-out people, other sites.
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { errorStatus } from '@/lib/errors';
import { type Role, roles } from '@/lib/permissions';
import { stopQueue } from '@/lib/queue';
import type { Result } from '@/lib/result';
import { sessionCookieName } from '@/lib/session-cookie';
import { createScene, type Person, type Scene } from '@/tests/authorization-scene';
import { authorizationTable, type Call, type Row } from '@/tests/authorization-table';
import { ownerSql } from '@/tests/database';

// What Next gives a request: its cookies and headers. Everything behind them is real.
const request = vi.hoisted(() => ({
  token: undefined as string | undefined,
  headers: {} as Record<string, string>,
}));
vi.mock('next/headers', () => ({
  cookies: async () => ({
    get: (name: string) =>
      name === sessionCookieName && request.token ? { name, value: request.token } : undefined,
    getAll: () => [],
    set: () => undefined,
  }),
  headers: async () => new Headers(request.headers),
}));
vi.mock('next/cache', () => ({ refresh: () => undefined, revalidatePath: () => undefined }));
vi.mock('next-intl/server', () => ({
  getTranslations: async () => (key: string) => key,
  getTimeZone: async () => 'UTC',
}));

const root = fileURLToPath(new URL('..', import.meta.url));
const home = 'http://127.0.0.1:3000';
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

const filesIn = (folder: string, name: RegExp) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && name.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
const actionFiles = filesIn('lib', /-actions\.ts$/);
const routeFiles = filesIn('app', /^route\.tsx?$/);

type Outcome = { code: string; message: string; body: unknown };
const entries = new Map<string, (call: Call, slug?: string) => Promise<Outcome>>();

const isRoute = (id: string) => id.includes(' ');
const isGet = (id: string) => /^(GET|HEAD) /.test(id);

async function callAction(
  run: (input: unknown) => Promise<Result<unknown> | undefined>,
  call: Call,
  slug?: string,
): Promise<Outcome> {
  const input = call.body === undefined ? undefined : { ...(call.body as object) };
  try {
    const result = await run(slug && input ? { ...input, workspace: slug } : input);
    if (!result || result.ok) return { code: 'ok', message: '', body: result?.data };
    return { code: result.error.code, message: result.error.message, body: result.error };
  } catch (error) {
    // A redirect is how an action of a form ends well.
    const { digest } = error as { digest?: string };
    if (digest?.startsWith('NEXT_REDIRECT')) return { code: 'ok', message: '', body: null };
    throw error;
  }
}

async function callRoute(
  id: string,
  run: (request: Request, context: unknown) => Promise<Response>,
  call: Call,
  slug?: string,
): Promise<Outcome> {
  const [method, path] = id.split(' ') as [string, string];
  const params: Record<string, string> = { ...call.params, ...(slug ? { workspace: slug } : {}) };
  const address = path.replace(/\[(?:\.\.\.)?(\w+)\]/g, (_, name: string) => params[name] ?? '');
  const url = new URL(address, home);
  for (const [key, value] of Object.entries(call.query ?? {})) url.searchParams.set(key, value);
  const ended = new AbortController();
  const body = call.raw ?? (call.body === undefined ? undefined : JSON.stringify(call.body));
  const sent = new Request(url, {
    method,
    headers: { ...request.headers, ...call.headers },
    signal: ended.signal,
    ...(isGet(id) || body === undefined ? {} : { body }),
  });
  const isCatchAll = path.includes('[...');
  const answer = await run(sent, {
    params: Promise.resolve(isCatchAll ? { nextauth: [params.nextauth] } : params),
  });
  const isStream = answer.headers.get('content-type') === 'text/event-stream';
  const text = isStream ? '' : await answer.text();
  ended.abort();
  if (answer.status < 400) return { code: 'ok', message: '', body: text };
  const problem = text.startsWith('{') ? (JSON.parse(text) as { code?: string }) : {};
  const code =
    problem.code ?? Object.entries(errorStatus).find(([, n]) => n === answer.status)?.[0];
  return { code: code ?? String(answer.status), message: text, body: text };
}

let ours: Scene;
let theirs: Scene;
let disabled: Person;

beforeAll(async () => {
  const tables = await ownerSql<{ name: string }>(
    `SELECT tablename AS "name" FROM pg_tables WHERE schemaname = 'public'`,
  );
  everyTable = tables.map(({ name }) => name);
  for (const file of actionFiles) {
    const module: Record<string, unknown> = await import(join(root, file));
    for (const [name, run] of Object.entries(module))
      entries.set(name, (call, slug) => callAction(run as never, call, slug));
  }
  for (const file of routeFiles) {
    const module: Record<string, unknown> = await import(join(root, file));
    const path = `/${file.replace(/^app\//, '').replace(/\/route\.tsx?$/, '')}`;
    for (const [name, run] of Object.entries(module)) {
      if (!methods.includes(name)) continue;
      const id = `${name} ${path}`;
      entries.set(id, (call, slug) => callRoute(id, run as never, call, slug));
    }
  }
  ours = await createScene('Ours');
  theirs = await createScene('Theirs');
  disabled = await ours.person('admin');
  await db.user.update({ where: { id: disabled.id }, data: { disabledAt: new Date() } });
});
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

let everyTable: string[] = [];

/** One number per table: its rows, by content. `lastSeenAt` says when, not what. */
async function fingerprint(without: string[] = []): Promise<Record<string, string>> {
  const parts = everyTable
    .filter((name) => !without.includes(name))
    .map(
      (name) =>
        `SELECT '${name}' AS "name", count(*) || ' ' || coalesce(sum(hashtextextended((to_jsonb(t) - 'lastSeenAt')::text, 0)), 0) AS "sum" FROM "${name}" t`,
    );
  const rows = await ownerSql<{ name: string; sum: string }>(parts.join(' UNION ALL '));
  return Object.fromEntries(rows.map((row) => [row.name, row.sum]));
}

async function ask(
  row: Row,
  as: { token: string } | null,
  call: Call,
  over: { slug?: string; headers?: Record<string, string | null> } = {},
): Promise<Outcome> {
  request.token = as?.token;
  const headers = { origin: home, host: '127.0.0.1:3000', ...over.headers };
  request.headers = Object.fromEntries(
    Object.entries(headers).filter((pair): pair is [string, string] => pair[1] !== null),
  );
  const entry = entries.get(row.id);
  if (!entry) throw new Error(`${row.id} does not exist`);
  const inWorkspace = row.lowest !== 'public' && row.lowest !== 'signed in';
  const slug = over.slug ?? (inWorkspace ? ours.workspace.slug : undefined);
  return entry(call, slug);
}

/** Runs calls that must leave everything as it was. */
async function unchanged(calls: () => Promise<void>, without: string[] = []): Promise<void> {
  const before = await fingerprint(without);
  await calls();
  expect(await fingerprint(without), 'a refused call changed something').toEqual(before);
}

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const namesIds = (call: Call) => JSON.stringify(call).match(uuid) !== null;
/** The same call about things that nobody has. */
function missing(call: Call): Call {
  const swapped = new Map<string, string>();
  const text = JSON.stringify(call).replace(uuid, (id) => {
    if (!swapped.has(id)) swapped.set(id, randomUUID());
    return swapped.get(id) ?? id;
  });
  return JSON.parse(text) as Call;
}

const table = [...authorizationTable];
const roleRows = table.filter((row) => roles.includes(row.lowest as Role));
const named = (rows: Row[]) => rows.map((row) => [row.id, row] as const);
const rank = (role: Role) => roles.indexOf(role);

describe('the table', () => {
  test('has a row for everything that can be called, and nothing else', () => {
    expect(table.map((row) => row.id).sort()).toEqual([...entries.keys()].sort());
    expect(roles).toEqual(['writer', 'reviewer', 'admin']);
  });

  test('every action and every handler begins with its guard', () => {
    // Calls a guarded action and then leaves the page.
    const wrapped = ['signOutAction'];
    for (const file of actionFiles) {
      const text = readFileSync(join(root, file), 'utf8');
      for (const [, name, guard] of text.matchAll(
        /^export (?:const|(?:async )?function) (\w+)(?: = (\w+)\()?/gm,
      )) {
        if (wrapped.includes(name ?? '')) continue;
        expect(`${name} ${guard}`).toMatch(/ (authedAction|signedInAction|publicAction)$/);
      }
    }
    for (const file of routeFiles)
      expect(readFileSync(join(root, file), 'utf8'), file).toMatch(/\broute\(/);
  });
});

describe('a call in a workspace', () => {
  test.each(named(roleRows))('%s', async (_, row) => {
    const lowest = row.lowest as Role;
    const call = await row.call(ours, await ours.person('admin'));
    const nowhere = missing(call);

    await unchanged(async () => {
      expect(await ask(row, null, call)).toMatchObject({ code: 'UNAUTHENTICATED' });
      expect(await ask(row, disabled, call)).toMatchObject({ code: 'UNAUTHENTICATED' });
      for (const role of roles.filter((one) => rank(one) < rank(lowest)))
        expect(await ask(row, ours[role], call), role).toMatchObject({ code: 'FORBIDDEN' });

      // The admin of another workspace: this one does not exist for them, nor does what is in it.
      if (/\[workspace\]/.test(row.id) || !isRoute(row.id)) {
        const stranger = await ask(row, theirs.admin, call);
        expect(stranger).toMatchObject({ code: 'NOT_FOUND' });
        expect(stranger).toEqual(await ask(row, theirs.admin, nowhere, { slug: 'no-such-place' }));
      }
      if (namesIds(call)) {
        const slug = theirs.workspace.slug;
        const foreign = await ask(row, theirs.admin, call, { slug });
        expect(foreign.code).toBe(row.foreign ? 'ok' : 'NOT_FOUND');
        expect(foreign).toEqual(await ask(row, theirs.admin, nowhere, { slug }));
      }
    });

    for (const role of roles.filter((one) => rank(one) >= rank(lowest))) {
      const caller = await ours.person(role);
      const outcome = await ask(row, caller, await row.call(ours, caller));
      expect(outcome, role).toMatchObject({ code: row.expected ?? 'ok' });
    }
  });
});

test('a job is stopped by the person who began it, and by admins', async () => {
  const row = table.find(({ id }) => id.endsWith('/jobs/[jobId]/cancel'));
  if (!row) throw new Error('no row');
  const call = { params: { jobId: await ours.job(ours.admin, { kind: 'run.train' }) } };
  await unchanged(async () => {
    for (const person of [ours.writer, ours.reviewer])
      expect(await ask(row, person, call)).toMatchObject({ code: 'FORBIDDEN' });
  });
  expect(await ask(row, await ours.person('admin'), call)).toMatchObject({ code: 'ok' });
});

describe('a call outside any workspace', () => {
  const rows = table.filter((row) => row.lowest === 'signed in' || row.lowest === 'public');
  test.each(named(rows))('%s', async (_, row) => {
    const caller = await ours.person('admin');
    const call = await row.call(ours, caller);
    if (row.lowest === 'signed in') {
      await unchanged(async () => {
        expect(await ask(row, null, call)).toMatchObject({ code: 'UNAUTHENTICATED' });
        expect(await ask(row, disabled, call)).toMatchObject({ code: 'UNAUTHENTICATED' });
        if (!namesIds(call)) return;
        const foreign = await ask(row, theirs.admin, call);
        expect(foreign).toMatchObject({ code: 'NOT_FOUND' });
        expect(foreign).toEqual(await ask(row, theirs.admin, missing(call)));
      });
    }
    if (row.elsewhere) return;
    const as = row.lowest === 'public' ? null : caller;
    expect(await ask(row, as, call)).toMatchObject({ code: row.expected ?? 'ok' });
  });
});

describe('a write that another site sends', () => {
  const origins: [string, string | null][] = [
    ['another site', 'https://evil.example'],
    ['a page without an origin', 'null'],
    ['nobody says where from', null],
    ['a name that begins like ours', 'http://127.0.0.1:3000.evil.example'],
    ['another port', 'http://127.0.0.1:3001'],
  ];
  const writes = table.filter((row) => !isGet(row.id));

  test.each(named(writes))('%s', async (_, row) => {
    const caller = await ours.person('admin');
    const call = await row.call(ours, caller);
    await unchanged(async () => {
      for (const [from, origin] of origins) {
        const outcome = await ask(row, caller, call, { headers: { origin } });
        // Signing out leads to the sign-in page whatever came of it.
        if (row.id === 'signOutAction') continue;
        expect(outcome.code, from).toBe('FORBIDDEN');
        expect(outcome.message, from).toContain('errors.crossSite');
      }
    });
  });

  test('reading changes nothing but the record', async () => {
    for (const row of table.filter(({ id }) => isGet(id))) {
      const caller = await ours.person('admin');
      const call = await row.call(ours, caller);
      await unchanged(async () => {
        await ask(row, caller, call, { headers: { origin: 'https://evil.example' } });
      }, ['AuditEvent']);
    }
  });
});
