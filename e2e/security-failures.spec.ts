import { expect } from '@playwright/test';
import { readAddresses } from './addresses';
import { callAction, origin } from './company';
import { inside, oursAndTheirs } from './requests-by-hand';
import { layCable, startWeb } from './second-web';
import { test } from './test';
import type { TwoCompanies } from './two-companies';

let ours: TwoCompanies['ours'];
let request: TwoCompanies['request'];

oursAndTheirs((companies) => {
  ({ request, ours } = companies);
});

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
