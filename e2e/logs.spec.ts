// Texts sent to every place that could write them into a log: what is typed, guessed, uploaded,
// forged. That none arrives there is looked for when all journeys are over (global-setup.ts).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type APIRequestContext, expect } from '@playwright/test';
import { canary } from './canaries/register';
import {
  type Company,
  callAction,
  cookieOf,
  dissolveCompanies,
  fillCompany,
  foundCompany,
  origin,
  serverActions,
} from './company';
import { test } from './test';

let request: APIRequestContext;
let company: Company;
let datasetId: string;

test.beforeAll(async ({ playwright }) => {
  request = await playwright.request.newContext();
  company = await foundCompany('Logbook');
  const prompts = ['Why does the lighthouse at Skerry Point hum at night?'];
  ({ datasetId } = await fillCompany(request, company, prompts));
});
test.afterAll(async () => {
  await request.dispose();
  await dissolveCompanies();
});

const forged = '{"level":60,"time":0,"msg":"forged by a stranger"}';
let serial = 0;

/** A text that no log may hold; on one line, as headers and addresses demand. */
function secret(what: string): string {
  serial += 1;
  const text = `walnut lantern ${serial} of ${what}`;
  canary(what, text);
  return text;
}

/** The same between what ends a line, colours a terminal and looks like a line of the log. */
const hostile = (what: string) =>
  `\u001b[31m${secret(what)}\u001b[0m\r\n${forged}\n\u2028\u0085\u009b31m\u0007`;

const send = (method: string, path: string, headers: Record<string, string>, data?: unknown) =>
  request.fetch(origin() + path, {
    method,
    headers,
    maxRedirects: 0,
    ...(data === undefined ? {} : { data }),
  });

test('a guessed password, an unknown address and a forged link are not written down', async () => {
  const tries: [string, object][] = [
    [
      'signInAction',
      { email: hostile('a guessed e-mail'), password: hostile('a guessed password') },
    ],
    ['signInAction', { email: company.admin.email, password: secret('a guessed password') }],
    ['acceptInvitationAction', { token: secret('a guessed token'), name: 'x', password: 'y' }],
    ['resetPasswordAction', { token: hostile('a guessed token'), password: secret('a password') }],
    ['signInWithLinkAction', { token: secret('a guessed token') }],
  ];
  for (const [action, input] of tries)
    expect(await callAction(request, action, input, {}), action).toMatchObject({ ok: false });
  const paths = ['/sign-in?next=', '/setup?token=', '/invite/', '/reset/', '/link/', '/nowhere/'];
  for (const path of paths) {
    const at = path + encodeURIComponent(hostile('an address'));
    const headers = {
      'user-agent': secret('a user agent'),
      referer: `https://elsewhere.example/?q=${encodeURIComponent(secret('a referrer'))}`,
      cookie: `__Host-apprentice.session=${encodeURIComponent(secret('a forged cookie'))}`,
    };
    expect((await send('GET', at, headers)).status(), path).toBeLessThan(500);
  }
});

test('what members write, search for and get wrong is not written down', async () => {
  const cookies = { cookie: await cookieOf(company.writer), origin: origin() };
  const w = `/w/${company.slug}`;
  const example = (reply: unknown) => ({
    datasetId,
    messages: [{ role: 'user', content: hostile('a prompt') }],
    reply,
  });
  const post = (path: string, data: unknown, more: Record<string, string> = {}) =>
    send('POST', `/api${w}${path}`, { ...cookies, ...more }, data);
  expect((await post('/examples', example('A reply without a mark.'))).status()).toBe(201);
  expect(
    (await post('/examples', example({ [hostile('a key')]: hostile('a value') }))).status(),
  ).toBe(422);
  expect((await post('/examples', `{"broken": "${secret('a broken body')}`)).status()).toBe(422);
  const file = `prompt,reply\r\n"${secret('a cell')}","${hostile('another cell')}"\r\n"half`;
  const name = encodeURIComponent(`${hostile('a file name')}.csv`);
  const uploaded = await post(`/datasets/${datasetId}/imports`, Buffer.from(file), {
    'x-file-name': name,
  });
  expect(uploaded.status()).toBe(201);
  const q = encodeURIComponent(secret('a search'));
  for (const path of [
    `examples?q=${q}`,
    `examples?cursor=${q}`,
    `review?topic=${q}`,
    `import/${q}`,
  ])
    expect(
      (await send('GET', `${w}/datasets/${datasetId}/${path}`, cookies)).status(),
    ).toBeLessThan(500);
  // Not an argument that the app's own pages would send: Next reads it before any code of the app.
  for (const { id, name: action } of serverActions().slice(0, 20)) {
    const headers = { ...cookies, 'next-action': id, 'content-type': 'text/plain;charset=UTF-8' };
    const answer = await send('POST', '/account', headers, `[{"a":"$F${secret('an argument')}"`);
    expect(await answer.text(), action).not.toContain('"ok":true');
  }
});

test('errors of Next that quote what strangers sent stay on one line', async () => {
  const { id } = serverActions().find(({ name }) => name === 'signInAction') ?? { id: '' };
  const headers = {
    origin: origin(),
    'next-action': id,
    'content-type': 'text/plain;charset=UTF-8',
  };
  // Of words that nobody wrote elsewhere: what is quoted is not taken for a text of a person.
  const quoted = JSON.stringify(['$nnot a number\r\n{"level":60,"msg":"quoted"}\u001b[31m']);
  for (const body of [quoted, '\u001b[31m\n{"level":60', 'x\n{"level":60}\u001b'])
    expect((await send('POST', '/sign-in', headers, body)).status()).toBe(500);
});

test('tokens of programs, true and guessed, and what they send are not written down', async () => {
  const asAdmin = { cookie: await cookieOf(company.admin) };
  const made = await callAction(
    request,
    'createApiTokenAction',
    { workspace: company.slug, name: 'Logbook', scopes: ['datasets:read', 'examples:write'] },
    asAdmin,
  );
  const { token } = made.data as { token: string };
  canary('the token of a program', token);
  const guessed = `apt_${'walnutlantern'.repeat(4).slice(0, 43)}`;
  canary('a guessed token', guessed);
  for (const [bearer, status] of [
    [token, 200],
    [guessed, 401],
    [secret('a guessed token'), 401],
  ] as const) {
    const authorization = { authorization: `Bearer ${bearer}` };
    expect((await send('GET', '/api/v1/datasets', authorization)).status()).toBe(status);
    const body = { [secret('a key')]: hostile('a value') };
    const keyed = { ...authorization, 'idempotency-key': secret('a key of a request') };
    const answer = await send('POST', `/api/v1/datasets/${datasetId}/examples`, keyed, body);
    expect(answer.status()).toBeGreaterThanOrEqual(400);
    expect(answer.status()).toBeLessThan(500);
  }
  const inAddress = `/api/v1/datasets?token=${token}&q=${encodeURIComponent(hostile('an address'))}`;
  expect((await send('GET', inAddress, {})).status()).toBe(401);
});

test('no line of the logs is forged, broken or coloured', () => {
  for (const name of ['web.log', 'worker.log']) {
    const text = readFileSync(join(process.env.E2E_DATA_DIR ?? '', 'logs', name), 'utf8');
    expect(text.length, name).toBeGreaterThan(0);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are looked for
    expect(text, name).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028]/);
    for (const line of text.split('\n'))
      if (line.includes('"level":60')) expect(line, name).not.toMatch(/^\s*\{/);
    // Next says why it refused an argument; that it does is what makes this a test.
    if (name === 'web.log') expect(text).toMatch(/not a number.*quoted/);
  }
});
