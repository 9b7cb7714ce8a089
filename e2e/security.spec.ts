import { expect } from '@playwright/test';
import {
  callAction,
  cookieOf,
  dissolveCompanies,
  enter,
  fillCompany,
  foundCompany,
} from './company';
import { sampleDataset, stepIn } from './fixtures';
import { test } from './test';

/** Past the sign-in, away from the app, past the eyes of a reviewer: none of it leads anywhere. */
test.setTimeout(240_000);
test.afterAll(dissolveCompanies);

test('no header or address gets an anonymous caller past the sign-in', async ({
  page,
  playwright,
  baseURL,
}) => {
  await stepIn(page, 'admin');
  const dataset = await sampleDataset(page);
  const anonymous = await playwright.request.newContext(baseURL ? { baseURL } : {});
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
    ['', { 'x-nextjs-data': '1' }],
    ['', { 'x-matched-path': '/sign-in', 'x-invoke-path': '/sign-in' }],
    ['', { 'x-nextjs-rewritten-path': '/sign-in', 'x-nextjs-rewritten-query': 'a=1' }],
    ['', { 'x-now-route-matches': '1=sample', 'x-invoke-status': '200' }],
    ['', { 'x-http-method-override': 'POST', 'next-action': 'a'.repeat(42) }],
    ['', { authorization: 'Bearer admin', 'x-forwarded-for': '127.0.0.1' }],
    ['?nxtPworkspace=sample&workspace=sample&workspace=other', {}],
    ['?__nextDataReq=1', {}],
    ['/%2e%2e/sample', {}],
    ['/..%2fsample', {}],
    ['%2f', {}],
    ['//', {}],
    [';.css', {}],
    ['.json', {}],
    ['.txt', {}],
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
      if (/text\/html/.test(response.headers()['content-type'] ?? ''))
        expect.soft(response.headers()['content-security-policy'], what).toMatch(/nonce-|'none'/);
    }
  }
  for (const path of ['/_next/data/x/w/sample.json', '/_next/../w/sample', '/.next/server/app']) {
    const data = await anonymous.get(path, { maxRedirects: 0 });
    expect.soft(data.status(), path).toBeGreaterThanOrEqual(300);
  }
  const routes = [
    `/api/w/sample/examples?dataset=${dataset}&number=1`,
    `/api/w/sample/datasets/${dataset}/imports/sample?format=csv`,
    `/api/w/sample/datasets/${dataset}/review/decisions`,
    '/api/session',
  ];
  for (const path of routes)
    for (const [suffix, headers] of tricks.filter(([one]) => one === '')) {
      const response = await anonymous.get(path + suffix, { headers, maxRedirects: 0 });
      const what = `${path} ${JSON.stringify(headers)}`;
      // What asks for a prefetch alone is answered without asking the app: with nothing.
      if (response.status() < 300) expect.soft(await response.text(), what).toBe('{}');
      else expect.soft(await response.text(), what).not.toMatch(/Customer mails|Fernwick|prompt,/);
    }
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

test('a reviewer sees what hides in a text, and it turns nothing around it', async ({ page }) => {
  const company = await foundCompany('Harbour');
  const { slug: workspace, writer, reviewer } = company;
  const prompt = 'Pay \u202e001 RUE\u202c now\u200b';
  const { datasetId, examples } = await fillCompany(page.request, company, [prompt]);
  const moved = await callAction(
    page.request,
    'bulkMoveAction',
    {
      workspace,
      datasetId,
      selection: { ids: examples.map(({ id }) => id) },
      move: { kind: 'submit' },
    },
    { cookie: await cookieOf(writer) },
  );
  expect(moved).toMatchObject({ ok: true });
  await enter(page, reviewer);
  await page.goto(`/w/${workspace}/datasets/${datasetId}/review`);
  const count = '3 hidden characters in the prompt and 3 hidden characters in the reply';
  await expect(page.getByText(count)).toBeVisible();
  await expect(
    page.getByText('3 hidden characters in the reply: U+202E, U+202C, U+200B.'),
  ).toBeVisible();
  const conversation = page.getByRole('region', { name: 'Conversation' });
  const override = conversation.getByRole('img', { name: /^Hidden character U\+202E/ });
  await expect(override).toBeVisible();
  await expect(conversation.getByRole('img', { name: /^Hidden character U\+200B/ })).toBeVisible();
  // As it is written, it would be drawn as “EUR 100”.
  const lefts = await override.evaluate((chip) =>
    [0, 1, 2, 4, 5, 6].map((at) => {
      const range = document.createRange();
      range.setStart(chip.nextSibling as Text, at);
      range.setEnd(chip.nextSibling as Text, at + 1);
      return range.getBoundingClientRect().left;
    }),
  );
  expect(lefts).toEqual(lefts.toSorted((a, b) => a - b));
  const copied = await override.evaluate((chip) => {
    getSelection()?.selectAllChildren(chip.parentElement as HTMLElement);
    return String(getSelection());
  });
  expect(copied).toBe(prompt);
  await page.getByRole('button', { name: 'Show the first' }).click();
  await expect(override).toBeFocused();
});
