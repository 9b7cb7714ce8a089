import { type APIResponse, expect, test } from '@playwright/test';
import { sampleDataset, stepIn } from './fixtures';

test.describe.configure({ timeout: 600_000 });

const everywhere = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': /same-origin|no-referrer/,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': /camera=\(\)/,
};

function expectHeaders(response: APIResponse, kind: 'page' | 'data') {
  const headers = response.headers();
  for (const [name, value] of Object.entries(everywhere)) {
    expect.soft(headers[name] ?? '', `${name} of ${response.url()}`).toMatch(value);
  }
  const policy = headers['content-security-policy'] ?? '';
  expect.soft(policy, response.url()).toContain("frame-ancestors 'none'");
  expect.soft(headers['x-powered-by'], response.url()).toBeUndefined();
  const script = /script-src ([^;]*)/.exec(policy)?.[1] ?? '';
  if (kind === 'page') {
    expect.soft(script, response.url()).toMatch(/'nonce-[\w+/=]+'/);
    expect.soft(script, response.url()).not.toContain('unsafe-inline');
    expect.soft(policy, response.url()).toContain("base-uri 'none'");
    expect.soft(policy, response.url()).toContain("object-src 'none'");
  } else {
    expect.soft(policy, response.url()).toContain("default-src 'none'");
    expect.soft(headers['cache-control'] ?? '', response.url()).toMatch(/no-store|private/);
  }
}

test('every kind of answer carries the security headers', async ({ page }) => {
  await stepIn(page, 'admin');
  const dataset = await sampleDataset(page);
  const get = (path: string) => page.request.get(path, { maxRedirects: 0 });
  const missing = '00000000-0000-7000-8000-000000000000';
  const cases: [string, number, 'page' | 'data'][] = [
    ['/w/sample', 200, 'page'],
    ['/w/nobodys', 404, 'page'],
    ['/no/such/page', 404, 'page'],
    ['/', 307, 'page'],
    ['/api/health', 200, 'data'],
    [`/api/w/sample/examples/${missing}`, 404, 'data'],
    [`/api/w/sample/datasets/${dataset}/imports/sample?format=csv`, 200, 'data'],
    [`/api/w/sample/datasets/${dataset}/imports/${missing}/preview`, 404, 'data'],
    [`/api/releases/${missing}/export?format=openai-chat&split=train`, 404, 'data'],
  ];
  for (const [path, status, kind] of cases) {
    const response = await get(path);
    expect.soft(response.status(), path).toBe(status);
    expectHeaders(response, kind);
  }
  const download = await get(`/api/w/sample/datasets/${dataset}/imports/sample?format=csv`);
  expect(download.headers()['content-disposition']).toMatch(/^attachment/);
  const [session] = (await page.context().cookies()).filter(({ name }) => /session/.test(name));
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
});

test('no header or address gets an anonymous caller past the sign-in', async ({
  page,
  playwright,
  baseURL,
}) => {
  await stepIn(page, 'admin');
  const dataset = await sampleDataset(page);
  const anonymous = await playwright.request.newContext({ baseURL });
  const paths = ['/w/sample', `/w/sample/datasets/${dataset}/examples`, '/w/sample/people'];
  const tricks: [string, Record<string, string>][] = [
    ['', { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' }],
    ['', { 'x-middleware-subrequest': 'src/proxy:src/proxy:src/proxy:src/proxy:src/proxy' }],
    ['', { 'x-middleware-prefetch': '1', purpose: 'prefetch' }],
    ['', { rsc: '1' }],
    ['', { rsc: '1', 'next-router-prefetch': '1' }],
    ['', { rsc: '1', 'next-router-segment-prefetch': '/_tree' }],
    ['', { 'x-forwarded-host': 'localhost', 'x-original-url': '/', 'x-rewrite-url': '/' }],
    ['.rsc', {}],
    ['?_rsc=1', { rsc: '1' }],
    ['?_rsc=1', {}],
    ['/%2e%2e/sample', {}],
    ['.segments/_tree.segment.rsc', {}],
  ];
  for (const path of paths) {
    for (const [suffix, headers] of tricks) {
      const response = await anonymous.get(path + suffix, { headers, maxRedirects: 0 });
      const body = await response.text();
      const what = `${path}${suffix} ${JSON.stringify(headers)}`;
      expect.soft(body, what).not.toContain('Customer mails');
      expect.soft(body, what).not.toContain('Fernwick');
      expect.soft(body, what).not.toMatch(/@fernwick/);
    }
  }
  const data = await anonymous.get(`/_next/data/x/w/sample.json`, { maxRedirects: 0 });
  expect(data.status()).toBeGreaterThanOrEqual(300);
  await anonymous.dispose();
});

test('the sign-in leads on only inside the app', async ({ page }) => {
  const outside = [
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'https://evil.example/w',
    'https:evil.example',
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    '/%0d%0aLocation:%20https://evil.example',
    '/\t/evil.example',
    '/%5Cevil.example',
    'http://localhost@evil.example/',
    '%E0%A4%A',
    `/${'a'.repeat(5_000)}//evil.example`,
  ];
  await stepIn(page, 'writer');
  const own = new URL(page.url()).origin;
  for (const next of outside) {
    for (const name of ['next', 'callbackUrl']) {
      const response = await page.request.get(`/sign-in?${name}=${encodeURIComponent(next)}`, {
        maxRedirects: 0,
      });
      const location = response.headers().location;
      expect.soft(location, next).toBeDefined();
      expect.soft(new URL(location ?? '', own).origin, next).toBe(own);
      expect.soft(response.headers()['x-evil'], next).toBeUndefined();
    }
  }
  const inside = await page.request.get('/sign-in?next=%2Fw%2Fsample%2Fmodels', {
    maxRedirects: 0,
  });
  expect(new URL(inside.headers().location ?? '', own).pathname).toBe('/w/sample/models');
});
