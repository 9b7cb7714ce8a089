import { NextRequest } from 'next/server';
import { afterEach, expect, test, vi } from 'vitest';
import { config, proxy } from './proxy';

afterEach(() => vi.unstubAllEnvs());

function policyOf(path: string): string {
  return (
    proxy(new NextRequest(`http://localhost${path}`)).headers.get('content-security-policy') ?? ''
  );
}

test('each page has its own nonce and no inline script or style element without it', () => {
  vi.stubEnv('NODE_ENV', 'production');
  const [first, second] = [policyOf('/w/acme'), policyOf('/w/acme')];
  const nonce = /'nonce-([^']+)'/.exec(first)?.[1];
  expect(nonce).toHaveLength(24);
  expect(second).not.toContain(nonce);
  expect(first).toContain(`script-src 'self' 'nonce-${nonce}' 'strict-dynamic';`);
  expect(first).toContain(`style-src 'self' 'nonce-${nonce}';`);
  expect(first).toContain("style-src-attr 'unsafe-inline';");
  expect(first).not.toContain('unsafe-eval');
  expect(first).not.toContain('upgrade-insecure-requests');
});

test('a nonce that the caller sends is not taken over', () => {
  const request = new NextRequest('http://localhost/', { headers: { 'x-nonce': 'evil' } });
  expect(proxy(request).headers.get('x-middleware-request-x-nonce')).not.toBe('evil');
});

test('answers of the interface for programs run nothing', () => {
  expect(policyOf('/api/releases/1/export')).toBe(
    "default-src 'none'; frame-ancestors 'none'; sandbox",
  );
});

test.each([
  ['https://apprentice.example', true],
  ['http://localhost:3000', false],
])('with %s, https is demanded: %s', (url, demanded) => {
  vi.stubEnv('APP_URL', url);
  const response = proxy(new NextRequest(`${url}/`));
  expect(response.headers.has('strict-transport-security')).toBe(demanded);
});

test.each([
  ['/', true],
  ['/w/acme/datasets/d1/import', true],
  ['/api/w/acme/datasets/d1/examples', true],
  ['/api/w/acme/datasets/d1/imports', false],
  ['/api/w/acme/datasets/d1/imports/7/rows', false],
  ['/_next/static/chunks/main.js', false],
])('%s passes the proxy: %s', (path, passes) => {
  const [matcher = ''] = config.matcher;
  expect(new RegExp(`^${matcher}$`).test(path)).toBe(passes);
});
