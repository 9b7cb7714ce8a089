import { expect, type Page } from '@playwright/test';
import {
  addPerson,
  callAction,
  cookieOf,
  enter,
  origin,
  type Person,
  password,
  sql,
} from './company';
import { fingerprint } from './fingerprint';
import { oursAndTheirs } from './requests-by-hand';
import { startWeb } from './second-web';
import { test } from './test';
import type { TwoCompanies } from './two-companies';

let ours: TwoCompanies['ours'];
let request: TwoCompanies['request'];

oursAndTheirs((companies) => {
  ({ request, ours } = companies);
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
