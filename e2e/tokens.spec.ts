// A program of a company's own: an admin makes its token, it writes over HTTP what its owner may
// write, and is refused from the request on after the token was taken back.
import { randomUUID } from 'node:crypto';
import { type APIRequestContext, expect, type Page } from '@playwright/test';
import { canary } from './canaries/register';
import { type Company, dissolveCompanies, enter, foundCompany, origin } from './company';
import { makeDataset } from './street-steps';
import { test } from './test';

let company: Company;

test.beforeAll(async () => {
  company = await foundCompany('Programs');
});
test.afterAll(dissolveCompanies);

const table = (page: Page) => page.getByRole('table', { name: 'Access tokens' });

/** Makes a token for reading and writing examples and reading datasets; it is shown this once. */
async function makeToken(page: Page): Promise<string> {
  await page.goto(`/w/${company.slug}/settings`);
  await page.getByRole('button', { name: 'Make a token' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Make the token' }).click();
  await expect(dialog.getByText('Choose at least one use.')).toBeVisible();
  await dialog.getByLabel('Name').fill('Nightly import');
  for (const name of ['Read datasets and briefs', 'Read examples', 'Write and submit examples'])
    await dialog.getByRole('checkbox', { name }).click();
  await dialog.getByRole('button', { name: 'Make the token' }).click();
  const token = await dialog.getByLabel('Token', { exact: true }).inputValue();
  canary('the token of a program', token);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(table(page).getByRole('row', { name: /Nightly import/ })).toContainText('never');
  expect(await page.content()).not.toContain(token);
  return token;
}

/** What the program does: reads a dataset, writes an example once however often it asks, submits it. */
async function writeExample(request: APIRequestContext, token: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  const datasets = await request.get(`${origin()}/api/v1/datasets`, { headers });
  expect(datasets.headers()['ratelimit-policy']).toMatch(/^"token";q=\d+;w=60$/);
  const [dataset] = ((await datasets.json()) as { datasets: { id: string }[] }).datasets;
  const key = randomUUID();
  const create = () =>
    request.post(`${origin()}/api/v1/datasets/${dataset?.id}/examples`, {
      headers: { ...headers, 'idempotency-key': key },
      data: {
        messages: [{ role: 'user', content: 'Is the reading room open?' }],
        reply: 'Until eight.',
      },
    });
  const [first, again] = [await create(), await create()];
  expect(first.status(), await first.text()).toBe(201);
  expect(await again.json()).toEqual(await first.json());
  const { id, version } = (await first.json()) as { id: string; version: number };
  const submitted = await request.post(`${origin()}/api/v1/examples/${id}/submit`, {
    headers: { ...headers, 'idempotency-key': randomUUID() },
    data: { version },
  });
  expect(submitted.status(), await submitted.text()).toBe(200);
  // What the token is not for is a problem that says so (RFC 9457).
  const record = await request.get(`${origin()}/api/v1/record`, { headers });
  expect(record.status()).toBe(403);
  expect(record.headers()['content-type']).toMatch(/^application\/problem\+json/);
}

test('a program writes with a token that is shown once, and is refused once it was taken back', async ({
  page,
  request,
}) => {
  await enter(page, company.admin);
  const datasetUrl = await makeDataset(page, `/w/${company.slug}`, {
    name: 'Mails',
    task: 'Answer what people write to the desk of the library.',
    systemPrompt: 'You answer what people write to the desk.',
  });
  const token = await test.step('an admin makes a token', () => makeToken(page));
  await test.step('the program reads, writes and submits, and may do nothing else', () =>
    writeExample(request, token));
  await test.step('people see its example once, waiting for a review', async () => {
    await page.goto(`${datasetUrl}/examples`);
    await expect(page.getByText('Is the reading room open?')).toHaveCount(1);
    await expect(page.getByText('In review').first()).toBeVisible();
  });
  await test.step('the token says when it was last used, and is taken back', async () => {
    await page.goto(`/w/${company.slug}/settings`);
    const row = table(page).getByRole('row', { name: /Nightly import/ });
    await expect(row).not.toContainText('never');
    await row.getByRole('button', { name: 'Take back the token Nightly import' }).click();
    await page
      .getByRole('alertdialog')
      .getByRole('button', { name: 'Take the token back' })
      .click();
    await expect(row).toContainText('taken back');
    const headers = { authorization: `Bearer ${token}` };
    expect((await request.get(`${origin()}/api/v1/datasets`, { headers })).status()).toBe(401);
  });
  await test.step('what programs can do stands on a page, and in a document for them', async () => {
    await page.getByRole('link', { name: 'What programs can do' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByText('/api/v1/datasets').first()).toBeVisible();
    const document = await (await request.get(`${origin()}/api/openapi.json`)).json();
    expect(document).toMatchObject({ openapi: expect.stringMatching(/^3\.1/) });
  });
});
