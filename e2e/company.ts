import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hash } from '@node-rs/argon2';
import type { APIRequestContext, APIResponse, Browser, Page } from '@playwright/test';
import { encode } from 'next-auth/jwt';
import pg from 'pg';
import { installationEnvironment } from '../bin/start/environment.mjs';
import { sessionCookieName } from '../lib/session-cookie';
import { canary } from './canaries/register';

/**
 * Companies of real people beside the sample shop, made straight in the database of the running
 * installation: the sample's people have no password, and an invitation for each would take
 * minutes. Everything that a test then does goes through the app.
 */
export type Role = 'writer' | 'reviewer' | 'admin';
export type Person = { id: string; name: string; email: string; role: Role };
export type Company = { id: string; slug: string; name: string; people: Person[] } & Record<
  Role,
  Person
>;

export const password = 'a quiet harbour at noon';
// The least work that the library does: what it costs to sign in is measured elsewhere.
const passwordHash = hash(password, { memoryCost: 64, timeCost: 1, parallelism: 1 });

export const environment = () =>
  installationEnvironment({
    ...process.env,
    DATA_DIR: process.env.E2E_DATA_DIR,
    PORT: process.env.E2E_PORT,
  });

/** SQL as the app's own role, past its code. */
export async function sql<Row extends pg.QueryResultRow = pg.QueryResultRow>(
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: environment().DATABASE_URL });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

let serial = 0;
const made: string[] = [];

/** One more person of a company. */
export async function addPerson(
  company: { id: string; slug: string },
  role: Role,
  name: string,
): Promise<Person> {
  serial += 1;
  const email = `${role}-${serial}-${Date.now()}@${company.slug}.example`;
  canary('an e-mail address', email);
  canary('a password', password);
  const [user] = await sql<{ id: string }>(
    'INSERT INTO "User" ("email", "name", "passwordHash") VALUES ($1, $2, $3) RETURNING "id"',
    [email, name, await passwordHash],
  );
  const id = user?.id ?? '';
  await sql('INSERT INTO "Member" ("workspaceId", "userId", "role") VALUES ($1, $2, $3)', [
    company.id,
    id,
    role,
  ]);
  made.push(id);
  return { id, name, email, role };
}

/** A workspace with a writer, a reviewer and an admin. */
export async function foundCompany(name: string): Promise<Company> {
  serial += 1;
  const slug = `${name.toLowerCase().replace(/[^a-z]+/g, '-')}-${serial}-${Date.now().toString(36)}`;
  const [row] = await sql<{ id: string }>(
    'INSERT INTO "Workspace" ("slug", "name") VALUES ($1, $2) RETURNING "id"',
    [slug, name],
  );
  const place = { id: row?.id ?? '', slug };
  const writer = await addPerson(place, 'writer', `Wanda of ${name}`);
  const reviewer = await addPerson(place, 'reviewer', `Rune of ${name}`);
  const admin = await addPerson(place, 'admin', `Asta of ${name}`);
  return { ...place, name, writer, reviewer, admin, people: [writer, reviewer, admin] };
}

/**
 * Makes the installation one that nobody has signed up to again, as other journeys expect it, and
 * forgets the tries that were counted.
 */
export async function dissolveCompanies(): Promise<void> {
  await sql('UPDATE "User" SET "isSample" = true WHERE "id" = ANY($1::uuid[])', [made.splice(0)]);
  await sql('DELETE FROM "RateLimit"');
}

/** Takes that back for companies that more journeys need. */
export async function restoreCompanies(companies: { id: string }[]): Promise<void> {
  const people = await sql<{ id: string }>(
    `UPDATE "User" SET "isSample" = false WHERE "id" IN
       (SELECT "userId" FROM "Member" WHERE "workspaceId" = ANY($1::uuid[])) RETURNING "id"`,
    [companies.map(({ id }) => id)],
  );
  made.push(...people.map(({ id }) => id));
}

/** Signs in over the form of the sign-in page. */
export async function signIn(page: Page, person: Person, path = '/'): Promise<void> {
  await page.goto(`/sign-in?next=${encodeURIComponent(path)}`);
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

/** The cookie of a new session of a person, for requests without a browser. */
export async function cookieOf(person: Person): Promise<string> {
  const [row] = await sql<{ id: string }>(
    `INSERT INTO "Session" ("userId", "sessionVersion", "expiresAt")
     SELECT "id", "sessionVersion", now() + interval '1 day' FROM "User" WHERE "id" = $1 RETURNING "id"`,
    [person.id],
  );
  const secret = environment().NEXTAUTH_SECRET ?? '';
  const token = await encode({ token: { sid: row?.id }, secret, maxAge: 86_400 });
  canary('the cookie of a session', token);
  return `${sessionCookieName}=${token}`;
}

/** A session of a person in the browser of a page, without the form. */
export async function enter(page: Page, person: Person): Promise<void> {
  const cookie = await cookieOf(person);
  // A cookie with this prefix is taken from the host itself alone.
  const blank = `${origin()}/blank`;
  await page.route(blank, (route) => route.fulfill({ contentType: 'text/html', body: '' }));
  await page.goto(blank);
  await page.evaluate((text) => {
    // biome-ignore lint/suspicious/noDocumentCookie: the cookie store has no such cookies over http
    document.cookie = text;
  }, `${cookie}; Path=/; Secure; SameSite=Lax`);
  await page.unroute(blank);
}

/** A browser window of its own in which a person is signed in. */
export async function pageOf(browser: Browser, person: Person): Promise<Page> {
  const page = await (await browser.newContext({ acceptDownloads: true })).newPage();
  await enter(page, person);
  return page;
}

export const origin = () => `http://localhost:${process.env.E2E_PORT}`;

/**
 * A GET whose redirects are not followed, but for one: what asks for Flight (`rsc: 1`) is first sent
 * to the same address with a mark of its headers.
 */
export async function getPlain(
  request: APIRequestContext,
  path: string,
  headers: Record<string, string>,
): Promise<APIResponse> {
  const options = { headers, maxRedirects: 0 };
  const response = await request.get(origin() + path, options);
  const location = response.headers().location ?? '';
  if (!headers.rsc || !/[?&]_rsc\b/.test(location)) return response;
  return request.get(new URL(location, origin()).href, options);
}

type Action = { filename: string; exportedName: string; workers: Record<string, unknown> };

/** Every server action of the build: id, name, and the pages that carry it. */
export function serverActions(): { id: string; name: string; pages: string[] }[] {
  const file = join(import.meta.dirname, '../.next/server/server-reference-manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { node: Record<string, Action> };
  return Object.entries(manifest.node).map(([id, { exportedName, workers }]) => ({
    id,
    name: exportedName,
    pages: Object.keys(workers),
  }));
}

/** What an action's argument looks like on its way: JSON in which a leading dollar is doubled. */
export const encodeArguments = (input: unknown): string =>
  JSON.stringify([input], (_, value: unknown) =>
    typeof value === 'string' && value.startsWith('$') ? `$${value}` : value,
  );

export type Answer = { ok: boolean; data?: unknown; error?: { code: string; message: string } };

/**
 * The rows of a Flight answer that hold JSON. A long text is a row of its own, `id:Tlength,bytes`
 * with the length in hexadecimal, and the next row follows without a line break.
 */
export function jsonRows(text: string): string[] {
  const rows: string[] = [];
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    const head = /^[0-9a-f]*:T([0-9a-f]+),/.exec(rest.subarray(0, 40).toString('latin1'));
    const end = rest.indexOf('\n');
    const length = head
      ? head[0].length + Number.parseInt(head[1] ?? '', 16)
      : end < 0
        ? rest.length
        : end + 1;
    if (!head) rows.push(rest.subarray(0, length).toString().trimEnd());
    rest = rest.subarray(length);
  }
  return rows;
}

/** The Result in the answer to an action; null when there is none. */
export function resultIn(text: string): Answer | null {
  const line = jsonRows(text).find((one) => /^[0-9a-f]+:\{"ok":/.test(one));
  return line ? (JSON.parse(line.slice(line.indexOf(':') + 1)) as Answer) : null;
}

/** Calls a server action as the app's own pages do. */
export async function callAction(
  request: APIRequestContext,
  name: string,
  input: unknown,
  headers: Record<string, string>,
  at = origin(),
): Promise<Answer> {
  const action = serverActions().find((one) => one.name === name);
  const response = await request.post(`${at}/sign-in`, {
    headers: {
      origin: at,
      accept: 'text/x-component',
      'content-type': 'text/plain;charset=UTF-8',
      'next-action': action?.id ?? '',
      ...headers,
    },
    data: encodeArguments(input),
    maxRedirects: 0,
  });
  const text = await response.text();
  const result = resultIn(text);
  if (!result) throw new Error(`${name}: ${response.status()} ${text.slice(0, 500)}`);
  return result;
}

/** A dataset with one-sentence examples; gives its id and theirs. */
export async function fillCompany(
  request: APIRequestContext,
  company: Company,
  prompts: string[],
): Promise<{ datasetId: string; examples: { id: string; number: number }[] }> {
  const asAdmin = { cookie: await cookieOf(company.admin) };
  const made = await callAction(
    request,
    'createDatasetAction',
    {
      workspace: company.slug,
      name: 'Mails',
      task: 'Answer mails of customers.',
      systemPrompt: 'You answer mails.',
    },
    asAdmin,
  );
  if (!made.ok) throw new Error(JSON.stringify(made));
  const { id: datasetId } = made.data as { id: string };
  const asWriter = { cookie: await cookieOf(company.writer), origin: origin() };
  const examples = [];
  for (const prompt of prompts) {
    const response = await request.post(`${origin()}/api/w/${company.slug}/examples`, {
      headers: asWriter,
      data: { datasetId, messages: [{ role: 'user', content: prompt }], reply: `On: ${prompt}` },
    });
    const { row } = (await response.json()) as { row: { id: string; number: number } };
    examples.push(row);
  }
  return { datasetId, examples };
}
