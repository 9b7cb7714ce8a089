import { type APIResponse, expect } from '@playwright/test';
import { sessionCookieName } from '../lib/session-cookie';
import { pageAddresses, pageFiles, readAddresses } from './addresses';
import {
  addPerson,
  callAction,
  cookieOf,
  encodeArguments,
  getPlain,
  origin,
  password,
  type Role,
  serverActions,
  sql,
} from './company';
import { startWeb } from './second-web';
import { test } from './test';
import { type TwoCompanies, twoCompanies } from './two-companies';

/** What leaves the server: its headers, its file names, and what it says of others. */
let ours: TwoCompanies['ours'];
let theirs: TwoCompanies['theirs'];
let request: TwoCompanies['request'];

twoCompanies({ ours: 'own walrus', theirs: 'foreign canary' }, (companies) => {
  ({ request, ours, theirs } = companies);
});

const get = (path: string, headers: Record<string, string> = {}) =>
  getPlain(request, path, headers);
const as = (role: Role) => ({ cookie: ours.cookies[role] });

test('pages, their Flight and the data hold no secret and nothing of strangers', async () => {
  const secrets = await sql<{ value: string }>(`
    SELECT "passwordHash" AS "value" FROM "User" WHERE "passwordHash" IS NOT NULL
    UNION SELECT "tokenHash" FROM "Invitation" UNION SELECT "tokenHash" FROM "OneTimeLink"
    UNION SELECT "splitSeed" FROM "Dataset"
    UNION SELECT "sideSecret" FROM "Proof" UNION SELECT "orderSeed" FROM "Proof"
    UNION SELECT "fileKey" FROM "Import" UNION SELECT "fileKey" FROM "Export"`);
  const strangers = await sql<{ value: string }>(
    `SELECT "email" AS "value" FROM "User" u WHERE NOT EXISTS
       (SELECT 1 FROM "Member" m WHERE m."userId" = u."id" AND m."workspaceId" = $1)`,
    [ours.id],
  );
  expect(secrets.length).toBeGreaterThan(60);
  expect(strangers.map(({ value }) => value)).toContain(theirs.admin.email);
  const values = [...secrets, ...strangers].map(({ value }) => value);
  const names =
    /passwordHash|tokenHash|splitSeed|sessionVersion|fileKey|adapterKey|manifestKey|sideSecret|orderSeed|\$argon2/;
  const addresses = pageAddresses(ours);
  expect(Object.keys(addresses).sort()).toEqual(pageFiles());
  const pages = Object.values(addresses).flat();
  let seen = 0;
  for (const role of ['writer', 'reviewer', 'admin'] as const) {
    for (const [path, headers] of [
      ...pages.map((path) => [path, {}] as const),
      ...pages.map((path) => [path, { rsc: '1' }] as const),
      ...readAddresses(ours).map((path) => [path, {}] as const),
    ]) {
      const response = await get(path, { ...headers, ...as(role) });
      const text = (await response.text()) + JSON.stringify(response.headers());
      const what = `${path} ${JSON.stringify(headers)} as ${role}`;
      if (text.includes('own walrus number')) seen += 1;
      expect.soft(text, what).not.toMatch(names);
      expect.soft(text, what).not.toContain('foreign canary');
      for (const value of values)
        if (text.includes(value)) expect.soft(what).toBe(`without ${value}`);
    }
  }
  // The pages were really shown.
  expect(seen).toBeGreaterThan(100);
});

test('who votes learns neither side nor model, from no answer before they look', async () => {
  const { slug: workspace, proofId } = ours;
  const proof = `/w/${workspace}/proofs/${proofId}`;
  const drawn = await sql<{ id: string }>(
    `SELECT "exampleId" AS "id" FROM "ProofItem" WHERE "proofId" = $1
     UNION SELECT "revisionId" FROM "ProofItem" WHERE "proofId" = $1`,
    [proofId],
  );
  expect(drawn.length).toBeGreaterThan(6);
  const unsaid = [ours.proofModelId, ...drawn.map(({ id }) => id)];
  // The names of the arms are words of the interface, which every page has.
  const names = /tunedOnA|candidateOnA|sideSecret|orderSeed|smollm/i;
  const expectBlind = (text: string, what: string) => {
    expect.soft(text, what).not.toMatch(names);
    for (const value of unsaid) expect.soft(text, what).not.toContain(value);
  };
  const vote = [await get(`${proof}/vote`, as('reviewer'))];
  vote.push(await get(`${proof}/vote`, { ...as('reviewer'), rsc: '1' }));
  for (const answer of vote) {
    expect(answer.status()).toBe(200);
    const text = await answer.text();
    expect.soft(text).toContain('own walrus number');
    expectBlind(text, answer.url());
  }
  const input = { workspace, proofId };
  const { data: ballot } = await callAction(request, 'takeBallotAction', input, as('reviewer'));
  const { a, b, ...rest } = ballot as Record<string, unknown>;
  expect(Object.keys(rest).sort()).toEqual(
    ['asksGuess', 'ballot', 'canUndo', 'kind', 'messages', 'number', 'of'].sort(),
  );
  // The answers that were made up name their arm, for this test alone.
  expect([a, b].map((text) => String(text).split(' ')[0]).sort()).toEqual(['base', 'tuned']);
  expectBlind(JSON.stringify(rest), 'the ballot');
  // The pages of single examples tell it to those who looked, and to nobody else.
  for (const [role, isShown] of [
    ['reviewer', false],
    ['admin', true],
  ] as const) {
    const text = await (await get(`${proof}/examples/1`, as(role))).text();
    expect(/tuned \d+ own walrus number/.test(text), role).toBe(isShown);
  }
  // Nor how the vote stands, from which each vote of theirs would tell them its side.
  const squares = 'aria-label="One square for each held-out group"';
  for (const page of [proof, `${proof}/report`])
    for (const [role, isShown] of [
      ['reviewer', false],
      ['admin', true],
      ['writer', true],
    ] as const) {
      const text = await (await get(page, as(role))).text();
      expect(text.includes(squares), `${page} as ${role}`).toBe(isShown);
    }
  // A writer has no vote.
  expect((await get(`${proof}/vote`, as('writer'))).status()).toBe(404);
});

type Class = 'page' | 'data' | 'download' | 'asset';

function expectHeaders(response: APIResponse, kind: Class): void {
  const headers = response.headers();
  const what = `${response.status()} ${response.url()}`;
  const always: Record<string, RegExp> = {
    'x-content-type-options': /^nosniff$/,
    'x-frame-options': /^DENY$/,
    'referrer-policy': /^(same-origin|no-referrer)$/,
    'cross-origin-opener-policy': /^same-origin$/,
    'cross-origin-resource-policy': /^same-origin$/,
    'permissions-policy': /camera=\(\)/,
  };
  for (const [name, value] of Object.entries(always))
    expect.soft(headers[name] ?? '', `${name} of ${what}`).toMatch(value);
  expect.soft(headers['x-powered-by'], what).toBeUndefined();
  expect.soft(headers.server, what).toBeUndefined();
  if (kind === 'asset') return;
  const policy = headers['content-security-policy'] ?? '';
  if (kind === 'page') {
    expect.soft(policy, what).toMatch(/script-src 'self' 'nonce-[\w+/=]{20,}' 'strict-dynamic';/);
    expect.soft(policy, what).not.toMatch(/script-src[^;]*unsafe|default-src[^;]*\*/);
    for (const part of [
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ])
      expect.soft(policy, what).toContain(part);
  } else expect.soft(policy, what).toContain("default-src 'none'");
  expect
    .soft(headers['cache-control'] ?? '', what)
    .toMatch(kind === 'download' ? /private|no-store/ : /no-store/);
  if (kind === 'download' && response.status() < 300) {
    expect.soft(headers['content-disposition'] ?? '', what).toMatch(/^attachment; filename="/);
    expect.soft(policy, what).toContain('sandbox');
  }
}

test('every class of answer carries its headers', async () => {
  const d = `/w/${ours.slug}/datasets/${ours.datasetId}`;
  const file = `/api/releases/${ours.releaseIds[0]}/export?format=openai-chat&split=train`;
  const etag = (await get(file, as('admin'))).headers().etag ?? '';
  const asset = /\/_next\/static\/[^"]+\.js/.exec(await (await get('/sign-in')).text())?.[0] ?? '';
  const missing = '00000000-0000-7000-8000-000000000000';
  const cases: [string, number, Class, Record<string, string>?][] = [
    [`/w/${ours.slug}`, 200, 'page'],
    [`/w/${ours.slug}/people`, 200, 'page', { rsc: '1' }],
    [`${d}/examples`, 200, 'page', { rsc: '1', 'next-router-prefetch': '1' }],
    [`/w/${ours.slug}`, 307, 'page', { cookie: '' }],
    ['/sign-in', 200, 'page', { cookie: '' }],
    ['/no/such/page', 404, 'page'],
    [`/w/${theirs.slug}`, 404, 'page'],
    ['/api/session', 200, 'data'],
    ['/api/session', 401, 'data', { cookie: '' }],
    [`/api/w/${ours.slug}/examples/${missing}`, 404, 'data'],
    ['/api/no/such', 404, 'page'],
    [`/api${d}/imports/${missing}/preview`, 404, 'data'],
    [`/api${d}/imports/${ours.csvImportId}/bad-rows`, 200, 'download'],
    [`/api${d}/imports/sample?format=csv`, 200, 'download'],
    [file, 200, 'download'],
    [file, 206, 'download', { range: 'bytes=0-9' }],
    [file, 304, 'download', { 'if-none-match': etag }],
    [file, 416, 'download', { range: 'bytes=999999999-' }],
    [file.replace('train', 'held-out'), 422, 'data'],
    [file, 403, 'data', as('writer')],
    [`/api/runs/${ours.runId}/events?once=1`, 200, 'data'],
    [`/api/models/${ours.modelId}/adapter`, 200, 'download'],
    [asset, 200, 'asset'],
    ['/icon.svg', 200, 'asset'],
  ];
  for (const [path, status, kind, headers] of cases) {
    const response = await get(path, { ...as('admin'), ...headers });
    expect.soft(response.status(), path).toBe(status);
    // An unknown address of the interface is answered by the page for what does not exist.
    if (path === '/api/no/such') continue;
    expectHeaders(response, kind);
  }

  const write = (path: string, headers: Record<string, string>, data: string) =>
    request.post(origin() + path, {
      headers: { ...as('writer'), ...headers },
      data,
      maxRedirects: 0,
    });
  const json = { origin: origin(), 'content-type': 'application/json' };
  for (const [answer, status] of [
    [await write(`/api/w/${ours.slug}/examples`, json, '{'), 422],
    [await write(`/api/w/${ours.slug}/examples`, { ...json, origin: 'null' }, '{}'), 403],
  ] as const) {
    expect.soft(answer.status(), answer.url()).toBe(status);
    expectHeaders(answer, 'data');
  }
  const unknown = await write('/api/session', json, '{}');
  expect(unknown.status()).toBe(405);
  expectHeaders(unknown, 'asset');
  const rename = serverActions().find(({ name }) => name === 'renameSelfAction')?.id ?? '';
  const act = await write(
    '/account',
    { origin: origin(), 'next-action': rename, 'content-type': 'text/plain;charset=UTF-8' },
    encodeArguments({ name: '' }),
  );
  expect(act.status()).toBe(200);
  expectHeaders(act, 'page');
});

test('the session’s cookie is for this host alone, not for scripts, not for other sites', async () => {
  const person = await addPerson(ours, 'writer', 'Cookie');
  const action = serverActions().find(({ name }) => name === 'signInAction')?.id ?? '';
  const answer = await request.post(`${origin()}/sign-in`, {
    headers: {
      origin: origin(),
      'next-action': action,
      'content-type': 'text/plain;charset=UTF-8',
    },
    data: encodeArguments({ email: person.email, password }),
  });
  const cookies = answer.headersArray().filter(({ name }) => name.toLowerCase() === 'set-cookie');
  const session =
    cookies.find(({ value }) => value.startsWith(`${sessionCookieName}=`))?.value ?? '';
  expect(sessionCookieName).toMatch(/^__Host-/);
  for (const part of [/; Path=\/(;|$)/, /; HttpOnly/i, /; Secure/i, /; SameSite=Lax/i])
    expect(session).toMatch(part);
  expect(session).not.toMatch(/Domain=/i);
  // Signing in again gives another session: an id that was planted before is worth nothing.
  const planted = await cookieOf(person);
  const again = await request.post(`${origin()}/sign-in`, {
    headers: {
      origin: origin(),
      cookie: planted,
      'next-action': action,
      'content-type': 'text/plain;charset=UTF-8',
    },
    data: encodeArguments({ email: person.email, password }),
  });
  expect(again.headers()['set-cookie']).not.toContain(planted);
  expect((await get('/api/session', { cookie: planted })).status()).toBe(401);
});

test('under an https address every answer demands https', async () => {
  const web = await startWeb({ appUrl: 'https://apprentice.example' });
  const d = `/api/w/${ours.slug}/datasets/${ours.datasetId}`;
  try {
    for (const path of [
      '/sign-in',
      '/no/such/page',
      '/api/session',
      `/w/${ours.slug}`,
      `${d}/imports/sample?format=csv`,
      `${d}/imports/${ours.csvImportId}/bad-rows`,
    ]) {
      const response = await request.get(web.origin + path, {
        headers: as('admin'),
        maxRedirects: 0,
      });
      const { 'strict-transport-security': value } = response.headers();
      expect.soft(value ?? '', path).toMatch(/max-age=31536000/);
    }
  } finally {
    await web.stop();
  }
});

test.describe('file names of downloads', () => {
  const hostileNames = [
    '../../etc/passwd',
    '..\\..\\windows\\win.ini',
    'a\u0000.exe',
    'a\r\nX-Evil: 1\r\n\r\n<script>',
    '"; filename="evil.exe',
    "a'%41%2f..%2f",
    'a;b=c',
    '\u202egpj.exe',
    'Ünïcödé 文件 🙂',
    'x'.repeat(300),
    `x${'🙂'.repeat(100)}`,
    '.',
    '..',
    ' ',
    'CON',
  ];

  function expectName(response: APIResponse, what: string): void {
    expect.soft(response.status(), what).toBe(200);
    const headers = response.headersArray();
    const found = headers.filter(({ name }) => name.toLowerCase() === 'content-disposition');
    expect.soft(found, what).toHaveLength(1);
    const value = found[0]?.value ?? '';
    const [, plain = '', encoded = ''] =
      /^attachment; filename="([ -~]*)"; filename\*=UTF-8''([\w%.!~*'()-]*)$/.exec(value) ?? [];
    for (const name of [plain, decodeURIComponent(encoded)]) {
      expect.soft(name.length, what).toBeGreaterThan(0);
      expect.soft(name.length, what).toBeLessThanOrEqual(200);
      expect.soft(name, what).not.toMatch(/[\\/:"*?<>|\p{Cc}\p{Bidi_Control}]/u);
      expect.soft(name, what).not.toMatch(/^\.*$/);
    }
    expect.soft(response.headers()['x-evil'], what).toBeUndefined();
    expectHeaders(response, 'download');
  }

  test('of the bad rows of an import', async () => {
    const d = `/api/w/${ours.slug}/datasets/${ours.datasetId}/imports`;
    for (const name of hostileNames) {
      const upload = await request.post(origin() + d, {
        headers: {
          ...as('writer'),
          origin: origin(),
          'x-file-name': encodeURIComponent(`${name}.csv`),
        },
        data: Buffer.from('prompt,reply\na,b\n'),
      });
      const { id } = (await upload.json()) as { id: string };
      const response = await get(`${d}/${id}/bad-rows`, as('writer'));
      expectName(response, JSON.stringify(name));
      expect.soft(response.headers()['content-type']).toBe('text/csv; charset=utf-8');
    }
  });

  test('of training files and manifests, after the dataset', async () => {
    const path = `/api/releases/${ours.releaseIds[0]}/export`;
    const query = '?format=openai-chat&split=train';
    let version = 1;
    // No name of a dataset holds what cannot be stored, or is empty.
    for (const name of hostileNames.filter((one) => !one.includes('\u0000') && one.trim())) {
      const answer = await callAction(
        request,
        'renameDatasetAction',
        {
          workspace: ours.slug,
          datasetId: ours.datasetId,
          version,
          name: name.slice(0, 80).toWellFormed(),
        },
        as('admin'),
      );
      expect(answer, name).toMatchObject({ ok: true });
      version += 1;
      for (const address of [path + query, `${path}/manifest${query}`]) {
        const response = await get(address, as('admin'));
        expectName(response, JSON.stringify(name));
        expect.soft(response.headers()['content-type']).toBe('application/jsonl');
      }
    }
  });

  test('of the adapter, after the model, and of the sample file', async () => {
    for (const name of hostileNames.filter((one) => !one.includes('\u0000'))) {
      await sql('UPDATE "Model" SET "name" = $2 WHERE "id" = $1', [ours.modelId, name]);
      const response = await get(`/api/models/${ours.modelId}/adapter`, as('admin'));
      expectName(response, JSON.stringify(name));
      expect.soft(response.headers()['content-type']).toBe('application/zip');
    }
    const d = `/api/w/${ours.slug}/datasets/${ours.datasetId}/imports/sample`;
    for (const format of ['csv', 'jsonl', '../../x'])
      expectName(await get(`${d}?format=${format}`, as('writer')), format);
  });
});
