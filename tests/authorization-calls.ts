// Calls every server action and every route handler that exists, and sees what that changed.
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { errorStatus } from '@/lib/errors';
import type { Result } from '@/lib/result';
import type { Call, Row } from '@/tests/authorization-rows';
import { ownerSql } from '@/tests/database';
import { request } from '@/tests/next-request';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const home = 'http://127.0.0.1:3000';
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

export const filesIn = (folder: string, name: RegExp) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && name.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
export const actionFiles = filesIn('lib', /-actions\.ts$/);
export const routeFiles = filesIn('app', /^route\.tsx?$/);

/** What came of a call: a code, the message for people, and all that left the server. */
export type Outcome = { code: string; message: string; body: unknown; headers?: Headers };
type Entry = (call: Call, slug?: string) => Promise<Outcome>;

export const isRoute = (id: string) => id.includes(' ');
export const isGet = (id: string) => /^(GET|HEAD) /.test(id);
/** Operations for programs: a token says who asks, a cookie says nothing. */
export const isOperation = (id: string) => id.includes(' /api/v1/');
export const inWorkspace = (row: Row) => row.lowest !== 'public' && row.lowest !== 'signed in';

async function callAction(
  run: (input: unknown) => Promise<Result<unknown> | undefined>,
  call: Call,
  slug?: string,
): Promise<Outcome> {
  const { body } = call;
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  const input = isObject ? { ...body, ...(slug ? { workspace: slug } : {}) } : body;
  try {
    const result = await run(input);
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
  const named: Call['params'] = slug && path.includes('[workspace]') ? { workspace: slug } : {};
  const params: Record<string, string> = { ...call.params, ...named };
  const address = path.replace(/\[(?:\.\.\.)?(\w+)\]/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  );
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
  const text = isStream ? await firstEvent(answer) : await answer.text();
  ended.abort();
  const headers = new Headers(answer.headers);
  // Counts down with every request.
  headers.delete('RateLimit');
  if (answer.status < 400) return { code: 'ok', message: '', body: text, headers };
  const problem = text.startsWith('{') ? (JSON.parse(text) as { code?: string }) : {};
  const code =
    problem.code ?? Object.entries(errorStatus).find(([, n]) => n === answer.status)?.[0];
  return { code: code ?? String(answer.status), message: text, body: text, headers };
}

/** What a live stream says first; it goes on for as long as its page. */
async function firstEvent(answer: Response): Promise<string> {
  const reader = answer.body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  await reader?.cancel();
  return new TextDecoder().decode(value);
}

const entries = new Map<string, Entry>();

/** Loads everything that can be called. Returns the ids. */
export async function loadEntries(): Promise<string[]> {
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
  return [...entries.keys()];
}

/** Makes one call as a person, or as nobody, in a workspace. */
export async function ask(
  row: Row,
  as: { token: string; apiToken: string } | null,
  call: Call,
  over: { slug?: string; headers?: Record<string, string | null> } = {},
): Promise<Outcome> {
  request.token = as?.token;
  const bearer = as && isOperation(row.id) ? { authorization: `Bearer ${as.apiToken}` } : {};
  const headers = { origin: home, host: '127.0.0.1:3000', ...bearer, ...over.headers };
  request.headers = Object.fromEntries(
    Object.entries(headers).filter((pair): pair is [string, string] => pair[1] !== null),
  );
  const entry = entries.get(row.id);
  if (!entry) throw new Error(`${row.id} does not exist`);
  return entry(call, over.slug);
}

let everyTable: string[] | undefined;

/**
 * One number per table: its rows, by content. `lastSeenAt` and `lastUsedAt` say when, not what, and
 * every request of a token is counted.
 */
export async function fingerprint(without: string[] = []): Promise<Record<string, string>> {
  everyTable ??= (
    await ownerSql<{ name: string }>(
      `SELECT tablename AS "name" FROM pg_tables WHERE schemaname = 'public'`,
    )
  ).map(({ name }) => name);
  const parts = everyTable
    .filter((name) => !without.includes(name))
    .map(
      (name) =>
        `SELECT '${name}' AS "name", count(*) || ' ' || coalesce(sum(hashtextextended((to_jsonb(t) - 'lastSeenAt' - 'lastUsedAt')::text, 0)), 0) AS "sum" FROM "${name}" t${name === 'RateLimit' ? ` WHERE "key" NOT LIKE 'api-token:%'` : ''}`,
    );
  const rows = await ownerSql<{ name: string; sum: string }>(parts.join(' UNION ALL '));
  return Object.fromEntries(rows.map((row) => [row.name, row.sum]));
}

/** Runs calls that must leave everything as it was. */
export async function unchanged(calls: () => Promise<void>, without: string[] = []): Promise<void> {
  const before = await fingerprint(without);
  await calls();
  expect(await fingerprint(without), 'a refused call changed something').toEqual(before);
}
