// The record in a real browser: read, narrowed, exported and verified; and a customer who is
// forgotten everywhere, also in the logs.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { projectNode } from '../bin/start/node.mjs';
import { root } from '../bin/start/paths.mjs';
import { canary } from './canaries/register';
import { ownOrigin, sampleDataset, stepIn } from './fixtures';
import { test } from './test';

const dataDir = () => process.env.E2E_DATA_DIR ?? '';

/** Runs one of the programs that stand beside the running app. */
function runProgram(name: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    projectNode(),
    [join(root, 'bin/run.mjs'), name, ...args],
    { cwd: root, encoding: 'utf8', env: { ...process.env, DATA_DIR: dataDir() } },
  );
  return { status, output: `${stdout}${stderr}` };
}

async function writeExample(page: Page, datasetId: string, prompt: string): Promise<void> {
  const response = await page.request.post('/api/w/sample/examples', {
    headers: ownOrigin(page),
    data: {
      datasetId,
      messages: [{ role: 'user', content: prompt }],
      reply: 'Your parcel is on its way.',
    },
  });
  expect(response.status(), await response.text()).toBe(201);
}

/** Files below a folder of the installation that hold a text. */
function filesWith(text: string, folder: string): string[] {
  const place = join(dataDir(), folder);
  if (!existsSync(place)) return [];
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file, 'utf8').includes(text));
}

test('An admin reads, narrows and exports the record, and the machine verifies it', async ({
  page,
}) => {
  await stepIn(page, 'admin');
  await page.getByRole('link', { name: 'Record', exact: true }).click();
  const table = page.getByRole('table', { name: 'Entries of the record' });
  await expect(table.getByRole('row').nth(1)).toBeVisible();

  await page.getByRole('button', { name: 'Filter the record' }).click();
  await page.getByRole('combobox', { name: 'Action' }).fill('Approved an example');
  await page.getByRole('option', { name: /^Approved an example/ }).click();
  await expect(page).toHaveURL(/action=review\.approved/);
  // The heading and a page of approvals, nothing else.
  const rows = table.getByRole('row');
  await expect(table.getByText('Approved an example')).toHaveCount((await rows.count()) - 1);
  expect(await rows.count()).toBeGreaterThan(1);

  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'As lines of JSON (JSONL)' }).click();
  const lines = readFileSync(await (await download).path(), 'utf8')
    .trimEnd()
    .split('\n');
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) expect(JSON.parse(line)).toMatchObject({ action: 'review.approved' });

  await expect(async () => {
    await page.goto('/w/sample/record');
    await expect(page.getByText(/Anchored outside the database up to entry/)).toBeVisible({
      timeout: 1_000,
    });
  }).toPass();
  const verified = runProgram('verify-audit');
  expect(verified.output).toContain('The record holds');
  expect(verified.status).toBe(0);
});

test('Writers and reviewers have no record to open', async ({ page }) => {
  for (const role of ['writer', 'reviewer'] as const) {
    await stepIn(page, role);
    await expect(page.getByRole('link', { name: 'Record', exact: true })).toHaveCount(0);
    for (const path of ['/w/sample/record', '/w/sample/record/people']) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(/does not exist/);
    }
  }
});

test('A customer is found, erased everywhere, and never stood in a log', async ({ page }) => {
  const customer = `Ottilie Kranz ${Date.now().toString(36)}`;
  canary('the name of a customer who is forgotten', customer);
  await stepIn(page, 'admin');
  const datasetId = await sampleDataset(page);
  await writeExample(page, datasetId, `Where is my parcel? ${customer}`);
  await writeExample(page, datasetId, `${customer} here: I want my money back.`);

  await page.goto('/w/sample/record/people');
  await page.getByLabel('Name, e-mail or number').fill(customer.toUpperCase());
  await page.getByRole('button', { name: 'Find', exact: true }).click();
  await expect(page.getByRole('link', { name: /^Example \d+ · / })).toHaveCount(2);

  await page.getByRole('button', { name: 'Erase…' }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog.getByText('2 examples with 2 revisions')).toBeVisible();
  await dialog.getByRole('textbox').fill(customer.toUpperCase());
  await dialog.getByRole('button', { name: 'Erase 2 examples' }).click();
  await expect(page.getByText('Training files that held an example')).toBeVisible();

  await page.getByRole('button', { name: 'Find', exact: true }).click();
  await expect(page.getByText('Nothing in this workspace holds this text.')).toBeVisible();
  expect(filesWith(customer, 'logs')).toEqual([]);
  expect(filesWith(customer.toUpperCase(), 'logs')).toEqual([]);
  expect(filesWith(customer, 'files')).toEqual([]);
  await page.goto('/w/sample/record');
  await expect(page.getByText('Erased a person from the examples').first()).toBeVisible();
});
