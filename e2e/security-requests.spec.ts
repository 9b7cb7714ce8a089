import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { freePort } from '../bin/start/postgres.mjs';
import { pageAddresses, readAddresses } from './addresses';
import {
  addPerson,
  callAction,
  cookieOf,
  encodeArguments,
  enter,
  getPlain,
  origin,
  type Person,
  password,
  resultIn,
  serverActions,
  sql,
} from './company';
import { fingerprint } from './fingerprint';
import { layCable, startWeb } from './second-web';
import { test } from './test';
import { type TwoCompanies, twoCompanies } from './two-companies';

/** Requests that no page of the app sends: by hand, from elsewhere, with an old cookie, in the wrong hands. */
let ours: TwoCompanies['ours'];
let theirs: TwoCompanies['theirs'];
let request: TwoCompanies['request'];

twoCompanies({ ours: 'our walrus', theirs: 'their canary' }, (companies) => {
  ({ request, ours, theirs } = companies);
});
test.beforeAll(() => sql('DELETE FROM "RateLimit"'));

const actionNames = () => {
  const lib = join(import.meta.dirname, '../lib');
  return readdirSync(lib, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('-actions.ts'))
    .flatMap((file) =>
      [
        ...readFileSync(join(lib, file), 'utf8').matchAll(
          /^export (?:const|async function) (\w+Action)\b/gm,
        ),
      ].map(([, name]) => name ?? ''),
    )
    .sort();
};

const open = [
  'signInAction',
  'signOutAction',
  'signInWithLinkAction',
  'resetPasswordAction',
  'stepInAction',
  'createFirstAdminAction',
  'acceptInvitationAction',
];

/** Posts an action by hand, on any page. */
async function post(
  id: string,
  input: unknown,
  { path = '/sign-in', headers = {} }: { path?: string; headers?: Record<string, string> } = {},
) {
  const response = await request.post(origin() + path, {
    headers: {
      origin: origin(),
      accept: 'text/x-component',
      'content-type': 'text/plain;charset=UTF-8',
      'next-action': id,
      ...headers,
    },
    data: encodeArguments(input),
    maxRedirects: 0,
  });
  const text = await response.text();
  return { status: response.status(), text, result: resultIn(text) };
}

test.describe('server actions posted by hand', () => {
  test('the build carries the actions of the source and no others', () => {
    const built = serverActions().map(({ name }) => name);
    // An action that no page uses is not in the build, and cannot be called.
    for (const name of built) expect(actionNames()).toContain(name);
    expect(built.length).toBeGreaterThan(40);
  });

  test('without a session, with a closed account and from another company', async () => {
    const closed = await addPerson(ours, 'admin', 'Closed');
    const cookie = await cookieOf(closed);
    await sql('UPDATE "User" SET "disabledAt" = now() WHERE "id" = $1', [closed.id]);
    const signedIn =
      /^(changePassword|renameSelf|revoke(Other)?Sessions?|createWorkspace|joinWorkspace)Action$/;
    const before = await fingerprint();
    for (const { id, name } of serverActions()) {
      if (open.includes(name)) continue;
      const input = { workspace: ours.slug };
      for (const path of ['/sign-in', `/w/${ours.slug}/people`, '/no/such/page']) {
        const answer = await post(id, input, { path });
        // A page that needs a session leads to the sign-in before anything of it runs.
        if (answer.result === null)
          expect.soft([303, 307, 404], `${name} at ${path}`).toContain(answer.status);
        else expect.soft(answer.result.error?.code, `${name} at ${path}`).toBe('UNAUTHENTICATED');
      }
      const old = await post(id, input, { headers: { cookie } });
      expect.soft(old.result?.error?.code, name).toBe('UNAUTHENTICATED');
      if (signedIn.test(name)) continue;
      const stranger = await post(id, input, { headers: { cookie: theirs.cookies.admin } });
      expect.soft(stranger.result?.error?.code, name).toBe('NOT_FOUND');
    }
    expect(await fingerprint()).toEqual(before);
  });

  test('in the wrong role, whichever page they are posted to', async () => {
    const { slug: workspace, datasetId } = ours;
    const userId = ours.reviewer.id;
    const calls: [string, object, 'writer' | 'reviewer'][] = [
      ['renameWorkspaceAction', { name: 'Taken over' }, 'reviewer'],
      ['createInvitationAction', { email: 'mole@evil.example', role: 'admin' }, 'reviewer'],
      ['changeRoleAction', { userId, role: 'admin' }, 'reviewer'],
      ['removeMemberAction', { userId }, 'writer'],
      ['disableAccountAction', { userId }, 'writer'],
      ['createResetLinkAction', { userId: ours.admin.id }, 'reviewer'],
      ['createDatasetAction', { name: 'Mine', task: 'a', systemPrompt: 'b' }, 'reviewer'],
      ['renameDatasetAction', { datasetId, version: 1, name: 'Mine' }, 'reviewer'],
      ['archiveDatasetAction', { datasetId, version: 1, archived: true }, 'reviewer'],
      ['approveBriefAction', { datasetId, version: 1 }, 'writer'],
      ['retireAction', { id: ours.examples[0]?.id, version: 1 }, 'writer'],
      ['createReleaseAction', { datasetId, briefId: ours.releaseIds[0], note: '' }, 'reviewer'],
    ];
    const before = await fingerprint();
    for (const [name, input, role] of calls) {
      const action = serverActions().find((one) => one.name === name);
      for (const path of ['/sign-in', `/w/${workspace}/datasets/${datasetId}/examples`]) {
        const answer = await post(
          action?.id ?? '',
          { workspace, ...input },
          { path, headers: { cookie: ours.cookies[role] } },
        );
        // A page that does not carry the action does not know it.
        if (answer.result) expect.soft(answer.result.error?.code, name).toBe('FORBIDDEN');
        else expect.soft(answer.status, `${name} at ${path}`).toBe(404);
      }
    }
    expect(await fingerprint()).toEqual(before);
  });

  test('with an id, a body or arguments that are none', async () => {
    const id = serverActions().find(({ name }) => name === 'renameSelfAction')?.id ?? '';
    const headers = {
      origin: origin(),
      cookie: ours.cookies.writer,
      accept: 'text/x-component',
      'content-type': 'text/plain;charset=UTF-8',
    };
    const before = await fingerprint();
    const tries: [string, string][] = [
      ['0'.repeat(42), '[{}]'],
      [`${id.slice(0, -1)}x`, '[{}]'],
      ['../../etc/passwd', '[{}]'],
      ['constructor', '[{}]'],
      ['__proto__', '[{}]'],
      [id, ''],
      [id, 'null'],
      [id, '[]'],
      [id, '{'],
      [id, '["$F1"]'],
      [id, '["$1:constructor:constructor"]'],
      [id, '["$@1"]'],
      [id, '[{"name":"$Q1"}]'],
      [id, '[{"__proto__":{"name":"x"}}]'],
      [id, '[{"name":{"then":"$1"}}]'],
      [id, `[${'['.repeat(5_000)}${']'.repeat(5_000)}]`],
    ];
    for (const [action, data] of tries) {
      const response = await request.post(`${origin()}/account`, {
        headers: { ...headers, 'next-action': action },
        data,
        maxRedirects: 0,
      });
      const text = await response.text();
      const what = `${action} ${data.slice(0, 60)}`;
      expect.soft(resultIn(text)?.ok ?? false, what).toBe(false);
      expect.soft(text, what).not.toMatch(inside);
    }
    expect(await fingerprint()).toEqual(before);
  });
});

test.describe('requests that another site sends', () => {
  const writes = () => {
    const w = `/api/w/${ours.slug}`;
    const example = ours.examples.at(-1);
    const content = { messages: [{ role: 'user', content: 'x' }], reply: 'y' };
    return [
      [`${w}/examples`, { datasetId: ours.datasetId, ...content }],
      [
        `${w}/examples/${example?.id}/working-copy`,
        { baseRevisionId: example?.revisionId, version: 0, content },
      ],
      [`${w}/datasets/${ours.datasetId}/review/queue`, { count: 1 }],
      [`${w}/datasets/${ours.datasetId}/imports`, 'prompt,reply\na,b\n'],
      [`${w}/jobs/${ours.jobId}/cancel`, {}],
      [`/api/releases/${ours.releaseIds[0]}/quotes`, {}],
      [`/api/runs/${ours.runId}/cancel`, {}],
      ['/api/auth/signout', {}],
    ] as const;
  };

  test('with its cookie, but another, no or an opaque origin', async () => {
    const origins = [
      'https://evil.example',
      'null',
      '',
      `${origin()}.evil.example`,
      'http://localhost:1',
    ];
    const before = await fingerprint();
    for (const from of [...origins, undefined]) {
      const headers = {
        cookie: ours.cookies.admin,
        'content-type': 'application/json',
        'x-file-name': 'a.csv',
        ...(from === undefined ? {} : { origin: from }),
      };
      for (const [path, body] of writes()) {
        const response = await request.post(origin() + path, {
          headers,
          data: body,
          maxRedirects: 0,
        });
        expect.soft(response.status(), `${path} from ${from}`).toBe(403);
      }
      const put = await request.put(
        `${origin()}/api/w/${ours.slug}/examples/${ours.examples[0]?.id}`,
        {
          headers,
          data: { version: 1, changes: { reply: 'Taken over.' } },
        },
      );
      expect.soft(put.status(), `PUT from ${from}`).toBe(403);
      const gone = await request.delete(
        `${origin()}/api/w/${ours.slug}/examples/${ours.examples[0]?.id}/working-copy`,
        { headers },
      );
      expect.soft(gone.status(), `DELETE from ${from}`).toBe(403);
      for (const { id, name } of serverActions()) {
        if (name === 'signOutAction') continue;
        const { result, status } = await post(
          id,
          { workspace: ours.slug, name: 'Taken over' },
          { headers: { cookie: ours.cookies.admin, origin: from ?? '' } },
        );
        if (result) expect.soft(result.error?.code, `${name} from ${from}`).toBe('FORBIDDEN');
        else expect.soft(status, `${name} from ${from}`).toBeGreaterThanOrEqual(400);
      }
    }
    expect(await fingerprint()).toEqual(before);
  });

  test('in a real browser: forms, scripts and a sandboxed frame', async ({ page }) => {
    await enter(page, ours.admin);
    await page.goto(`/w/${ours.slug}`);
    const signOut = serverActions().find(({ name }) => name === 'signOutAction')?.id;
    const before = await fingerprint();
    const seen: string[] = [];
    page.on('request', (one) => {
      if (one.method() === 'POST') seen.push(one.url());
    });
    const form = (path: string, type: string, input: string, at: number) =>
      `<iframe name="sink${at}"></iframe><form method="post" enctype="${type}" target="sink${at}" action="${origin()}${path}">${input}</form>`;
    const body = [
      ...writes().map(([path]) => [
        path,
        'text/plain',
        `<input name='{"count":1,"a":"' value='"}'>`,
      ]),
      ...['/sign-in', `/w/${ours.slug}`].map((path) => [
        path,
        'multipart/form-data',
        `<input name="$ACTION_ID_${signOut}">`,
      ]),
    ]
      .map(([path = '', type = '', input = ''], at) => form(path, type, input, at))
      .join('');
    const script = `for (const form of document.forms) form.submit();
      for (const path of ${JSON.stringify(writes().map(([path]) => path))})
        fetch('${origin()}' + path, { method: 'POST', mode: 'no-cors', credentials: 'include', body: '{"count":1}' }).catch(() => 0);`;
    const inner = `${body}<script>${script}</script>`;
    const html = `<!doctype html><title>A game</title>${inner}
      <iframe sandbox="allow-scripts allow-forms" srcdoc="${inner.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></iframe>`;
    const site = createServer((_, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(html);
    });
    const port = await freePort();
    await new Promise<void>((resolve) => site.listen(port, 'localhost', resolve));
    // The same site for cookies, another origin for the server.
    await page.goto(`http://localhost:${port}/`);
    await expect.poll(() => new Set(seen).size).toBeGreaterThanOrEqual(writes().length);
    await page.waitForLoadState('networkidle');
    site.close();
    expect(await fingerprint()).toEqual(before);
    await page.goto(`/w/${ours.slug}`);
    await expect(page.getByRole('navigation', { name: 'Main navigation' })).toBeVisible();
  });
});

test.describe('another company', () => {
  /** What differs between two answers that say the same: nonces, ids, times. */
  const plain = (text: string) =>
    text
      .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
      .replace(/nonce[-="\\:$]+[\w+/=]+/g, 'NONCE')
      .replaceAll(theirs.slug, 'PLACE')
      .replaceAll('no-such-place', 'PLACE');

  test('does not exist: its pages, its data, its downloads', async () => {
    const paths = [...Object.values(pageAddresses(theirs)).flat(), ...readAddresses(theirs)].filter(
      (path) => !/^\/(invite|reset|link|setup|sign-in|account|workspaces)\b|^\/$/.test(path),
    );
    expect(paths.length).toBeGreaterThan(35);
    const nobodys = (path: string) =>
      path
        .replaceAll(theirs.slug, 'no-such-place')
        .replace(
          /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g,
          '00000000-0000-7000-8000-000000000000',
        );
    for (const headers of [{}, { rsc: '1' }] as Record<string, string>[]) {
      for (const path of paths) {
        if (path.startsWith('/api/') && headers.rsc) continue;
        const get = (address: string) =>
          getPlain(request, address, { ...headers, cookie: ours.cookies.admin });
        const [answer, nobody] = [await get(path), await get(nobodys(path))];
        const what = `${path} ${JSON.stringify(headers)}`;
        expect.soft(answer.status(), what).toBe(nobody.status());
        if (!headers.rsc) expect.soft(answer.status(), what).toBe(404);
        const text = await answer.text();
        expect.soft(text, what).not.toMatch(/their canary/);
        if (path.startsWith('/api/'))
          expect.soft(plain(text), what).toBe(plain(await nobody.text()));
      }
    }
  });

  test('is not reached by ids of it in our own addresses', async () => {
    const before = await fingerprint();
    let reached = 0;
    for (const path of [
      ...Object.values(pageAddresses(theirs)).flat(),
      ...readAddresses(theirs),
    ].filter((one) => one.includes(theirs.slug))) {
      const mixed = path.replace(theirs.slug, ours.slug);
      // An address without an id names a page of our own company.
      if (!/[0-9a-f]{8}-[0-9a-f]{4}-/.test(mixed)) continue;
      reached += 1;
      const response = await request.get(origin() + mixed, {
        headers: { cookie: ours.cookies.admin },
        maxRedirects: 0,
      });
      expect.soft(await response.text(), mixed).not.toMatch(/their canary/);
      // A reviewer's own decisions in a dataset that is not there are none.
      if (mixed.endsWith('/review/decisions')) continue;
      expect.soft(response.status(), mixed).toBe(404);
    }
    expect(reached).toBeGreaterThan(25);
    expect(await fingerprint()).toEqual(before);
  });
});

test.describe('a copied cookie', () => {
  const session = (cookie: string) =>
    request.get(`${origin()}/api/session`, { headers: { cookie } }).then((one) => one.status());
  const gone = async (cookie: string) => {
    expect(await session(cookie)).toBe(401);
    const page = await request.get(`${origin()}/w/${ours.slug}`, {
      headers: { cookie },
      maxRedirects: 0,
    });
    expect(page.headers().location ?? (await page.text())).toContain('/sign-in');
    const answer = await callAction(request, 'renameSelfAction', { name: 'Again' }, { cookie });
    expect(answer.error?.code).toBe('UNAUTHENTICATED');
  };
  const copied = async (person: Person) => {
    const cookie = await cookieOf(person);
    expect(await session(cookie)).toBe(200);
    return cookie;
  };
  const cookieIn = async (page: Page) =>
    (await page.context().cookies())
      .filter(({ name }) => name.includes('session'))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');

  test('is worth nothing after the sign-out', async ({ page }) => {
    await enter(page, ours.writer);
    await page.goto(`/w/${ours.slug}`);
    const cookie = await cookieIn(page);
    expect(await session(cookie)).toBe(200);
    await expect(async () => {
      await page.getByRole('button', { name: /^Your account/ }).click();
      await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible({
        timeout: 1_000,
      });
    }).toPass();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL(/\/sign-in/);
    expect(await cookieIn(page)).toBe('');
    await gone(cookie);
  });

  test('is worth nothing after a new password, and neither is the one that changed it', async () => {
    const person = await addPerson(ours, 'writer', 'New password');
    const [own, old] = [await copied(person), await copied(person)];
    const change = { currentPassword: password, newPassword: 'another quiet harbour' };
    const answer = await callAction(request, 'changePasswordAction', change, { cookie: own });
    expect(answer.ok).toBe(true);
    await gone(old);
    await gone(own);
  });

  test('is worth nothing once the account is closed', async () => {
    const person = await addPerson(ours, 'writer', 'To be closed');
    const cookie = await copied(person);
    const input = { workspace: ours.slug, userId: person.id };
    const asAdmin = { cookie: ours.cookies.admin };
    expect((await callAction(request, 'disableAccountAction', input, asAdmin)).ok).toBe(true);
    await gone(cookie);
    expect((await callAction(request, 'enableAccountAction', input, asAdmin)).ok).toBe(true);
    await gone(cookie);
  });

  test('has the rights of now: a lower role, and none after leaving', async () => {
    const person = await addPerson(ours, 'admin', 'Once an admin');
    const cookie = await copied(person);
    const asAdmin = { cookie: ours.cookies.admin };
    const rename = () =>
      callAction(
        request,
        'createInvitationAction',
        { workspace: ours.slug, email: 'a@b.example', role: 'writer' },
        { cookie },
      );
    expect((await rename()).ok).toBe(true);
    const input = { workspace: ours.slug, userId: person.id };
    await callAction(request, 'changeRoleAction', { ...input, role: 'writer' }, asAdmin);
    expect((await rename()).error?.code).toBe('FORBIDDEN');
    const exported = await request.get(
      `${origin()}/api/releases/${ours.releaseIds[0]}/export?format=openai-chat&split=train`,
      { headers: { cookie } },
    );
    expect(exported.status()).toBe(403);
    await callAction(request, 'removeMemberAction', input, asAdmin);
    expect((await rename()).error?.code).toBe('NOT_FOUND');
    const page = await request.get(`${origin()}/w/${ours.slug}`, { headers: { cookie } });
    expect(page.status()).toBe(404);
    expect(await page.text()).not.toContain('our walrus');
  });

  test('that was changed, shortened or made up is nobody’s', async () => {
    const cookie = await copied(ours.writer);
    for (const wrong of [
      cookie.slice(0, -1),
      `${cookie.slice(0, -4)}AAAA`,
      cookie.replace(/=.*/, '='),
      cookie.replace(/=.*/, '=eyJhbGciOiJub25lIn0.eyJzaWQiOiIxIn0.'),
      cookie.replace('__Host-', '__Secure-'),
    ])
      expect.soft(await session(wrong), wrong.slice(0, 60)).toBe(401);
  });
});

test.describe('signing in', () => {
  test.beforeEach(() => sql('DELETE FROM "RateLimit"'));

  test('tries are counted for all web processes together, and after a restart', async () => {
    const person = await addPerson(ours, 'writer', 'Guessed at');
    const guess = (at: string, secret = 'wrong wrong wrong') =>
      callAction(request, 'signInAction', { email: person.email, password: secret }, {}, at).then(
        ({ ok, error }) => (ok ? 'ok' : error?.code),
      );
    let second = await startWeb();
    try {
      const codes = [];
      for (let n = 0; n < 7; n += 1) codes.push(await guess(origin()), await guess(second.origin));
      expect(codes).toEqual([...Array(10).fill('FORBIDDEN'), ...Array(4).fill('RATE_LIMITED')]);
      await second.stop();
      second = await startWeb();
      expect(await guess(second.origin, password)).toBe('RATE_LIMITED');
      expect(await guess(origin(), password)).toBe('RATE_LIMITED');
    } finally {
      await second.stop();
    }
  });

  test('nobody has a password that is known, and nobody can register', async () => {
    const people = await sql<{ email: string; passwordHash: string | null }>(
      `SELECT u."email", u."passwordHash" FROM "User" u JOIN "Member" m ON m."userId" = u."id"
       JOIN "Workspace" w ON w."id" = m."workspaceId" WHERE w."isSample"`,
    );
    expect(people.length).toBeGreaterThanOrEqual(3);
    for (const { email, passwordHash } of people) {
      expect(passwordHash).toBeNull();
      for (const secret of ['password', 'admin', 'apprentice', ' ']) {
        const input = { email, password: secret };
        const { error } = await callAction(request, 'signInAction', input, {});
        expect(error?.code).toBe('FORBIDDEN');
      }
      await sql('DELETE FROM "RateLimit"');
    }
    const before = await fingerprint();
    const someone = { name: 'Mole', password: 'another quiet harbour', token: 'a'.repeat(43) };
    const setup = await callAction(
      request,
      'createFirstAdminAction',
      { ...someone, email: 'mole@evil.example', workspaceName: 'Mole' },
      {},
    );
    expect(setup.ok).toBe(false);
    expect((await callAction(request, 'acceptInvitationAction', someone, {})).ok).toBe(false);
    expect(await fingerprint()).toEqual(before);
  });
});

/** Of SQL, of the libraries, of folders, of a stack. */
const inside =
  /permission denied|relation \\?"|\bSELECT\b .*\bFROM\b|PrismaClient|node_modules|\/work\/|\/lib\/[a-z]|\.(ts|js|mjs):\d+|\n\s+at \S+ \(|ECONNREFUSED|apprentice_(app|owner)|127\.0\.0\.1:\d{4,5}\/apprentice/;

test('without its database the app says no, says little, and comes back by itself', async () => {
  const cable = await layCable();
  const web = await startWeb({ databaseUrl: cable.url });
  const headers = { cookie: ours.cookies.admin, origin: web.origin };
  const get = (path: string) =>
    request.get(web.origin + path, { headers, maxRedirects: 0, timeout: 30_000 });
  const w = `/w/${ours.slug}`;
  const paths = [
    w,
    `${w}/people`,
    `${w}/datasets/${ours.datasetId}/examples`,
    `${w}/datasets/${ours.datasetId}/review`,
    '/sign-in',
    '/account',
    ...readAddresses(ours).slice(0, 4),
    ...readAddresses(ours).slice(-5),
  ];
  try {
    expect((await get(w)).status()).toBe(200);
    cable.cut();
    for (const path of paths) {
      const response = await get(path);
      const text = await response.text();
      expect.soft(response.status(), path).toBeGreaterThanOrEqual(500);
      expect.soft(text, path).not.toMatch(inside);
      expect.soft(text, path).not.toMatch(/our walrus|their canary/);
      expect.soft(response.headers()['x-content-type-options'], path).toBe('nosniff');
    }
    expect((await get('/api/health')).status()).toBe(503);
    const write = await request.post(`${web.origin}/api/w/${ours.slug}/examples`, {
      headers,
      data: { datasetId: ours.datasetId, messages: [{ role: 'user', content: 'x' }], reply: 'y' },
    });
    expect(write.status()).toBe(500);
    expect(await write.text()).not.toMatch(inside);
    const act = await callAction(
      request,
      'renameSelfAction',
      { name: 'Nobody' },
      headers,
      web.origin,
    );
    expect(act.error?.code).toBe('UNEXPECTED');
    expect(JSON.stringify(act)).not.toMatch(inside);

    cable.mend();
    await expect.poll(async () => (await get(w)).status(), { timeout: 60_000 }).toBe(200);
  } finally {
    await web.stop();
    cable.close();
  }
});

test('what cannot be read is refused without a word about the inside', async () => {
  const w = `/w/${ours.slug}`;
  const addresses = [
    '/w/%E0%A4%A',
    '/w/%00',
    '/w/%2e%2e%2f%2e%2e%2fetc%2fpasswd',
    `/w/${'a'.repeat(2_000)}`,
    `/w/${encodeURIComponent("' OR 1=1 --")}`,
    `${w}/datasets/1`,
    `${w}/datasets/${ours.datasetId}/releases/-1`,
    `${w}/datasets/${ours.datasetId}/releases/99999999999`,
    `${w}/datasets/${ours.datasetId}/releases/1e3`,
    `${w}/datasets/${ours.datasetId}/brief/versions/99999999999`,
    `${w}/datasets/${ours.datasetId}/examples?open=99999999999&cursor=%00&sort=;&q=%00&author=x`,
    `${w}/datasets/${ours.datasetId}/examples?open[not]=1&topic[contains]=`,
    `${w}/datasets/${ours.datasetId}/review?topic=%00&order=x`,
    `${w}/datasets/${ours.datasetId}/import/x`,
    `${w}/runs/x`,
    `${w}/models/x`,
    '/invite/%00',
    '/reset/x',
    '/setup?token=%00',
    '/sign-in?next=%00&next=%E0%A4%A',
    `/api${w}/examples?dataset[not]=&number[gt]=0`,
    `/api${w}/examples/%00`,
    `/api${w}/examples/1/revisions`,
    `/api${w}/jobs/x/events`,
    `/api${w}/datasets/x/imports/x/preview?mapping={`,
    '/api/releases/x/export?format=../../x&split=held-out',
    `/api/releases/${ours.releaseIds[0]}/export?format=openai-chat&split=held-out`,
    '/api/runs/x/events',
    '/api/auth/callback/credentials',
    '/api/auth/providers/%00',
    '/api/no/such',
  ];
  for (const path of addresses) {
    const response = await request.get(origin() + path, {
      headers: { cookie: ours.cookies.admin },
      maxRedirects: 0,
    });
    const text = await response.text();
    expect.soft(response.status(), path).toBeLessThan(500);
    expect.soft(text, path).not.toMatch(inside);
  }
  for (const path of ['/', '/sign-in', `/api${w}/examples`, '/api/v1/datasets']) {
    const response = await request.fetch(origin() + path, { method: 'TRACE' });
    expect.soft(response.status(), path).toBe(405);
    expect.soft(await response.text(), path).not.toMatch(inside);
  }
  const bodies = [
    '',
    '{',
    'null',
    '[]',
    '"x"',
    '\u0000',
    `{"a":${'['.repeat(20_000)}`,
    '{"__proto__":1}',
  ];
  for (const path of [
    `/api${w}/examples`,
    `/api${w}/datasets/${ours.datasetId}/review/queue`,
    `/api${w}/datasets/${ours.datasetId}/review/decisions`,
    `/api/releases/${ours.releaseIds[0]}/quotes`,
    `/api/releases/${ours.releaseIds[0]}/runs`,
  ])
    for (const data of bodies) {
      const response = await request.post(origin() + path, {
        headers: {
          cookie: ours.cookies.admin,
          origin: origin(),
          'content-type': 'application/json',
          'idempotency-key': 'a key of a test',
        },
        data,
      });
      const what = `${path} ${data.slice(0, 20)}`;
      expect.soft([422, 503], what).toContain(response.status());
      expect.soft(await response.text(), what).not.toMatch(inside);
    }
});
