import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { readStreetFile } from './street-file';

/** The whole street, by people in real browsers: import, edit, review, release, export, verify, train, read the model page. */
const isLong = process.env.TEST_FORM === 'long';
const file = readStreetFile(isLong ? 'long' : 'short');
const root = join(import.meta.dirname, '..');
const password = 'a quiet harbour at noon';

test.describe.configure({ mode: 'serial' });
test.setTimeout(isLong ? 60 * 60_000 : 20 * 60_000);

async function invite(
  admin: Page,
  browser: Browser,
  role: 'Writer' | 'Reviewer',
  name: string,
): Promise<Page> {
  await admin.getByRole('link', { name: 'People', exact: true }).click();
  await admin.getByRole('button', { name: 'Invite somebody' }).click();
  const dialog = admin.getByRole('dialog');
  await dialog.getByLabel('Their e-mail').fill(`${name.toLowerCase()}@harbour.example`);
  await dialog.getByRole('combobox', { name: 'Role' }).click();
  await admin.getByRole('option', { name: role }).click();
  await dialog.getByRole('button', { name: 'Make invitation link' }).click();
  const link = await dialog.getByLabel('Link').inputValue();
  await dialog.getByRole('button', { name: 'Done' }).click();
  const page = await (await browser.newContext()).newPage();
  await page.goto(link);
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Make account and join' }).click();
  await page.waitForURL(/\/w\//);
  return page;
}

async function importFile(writer: Page, datasetUrl: string): Promise<void> {
  await writer.goto(`${datasetUrl}/import`);
  await writer
    .locator('input[type=file]')
    .setInputFiles({ name: file.name, mimeType: 'text/csv', buffer: file.content });
  await writer.waitForURL(/\/import\/[0-9a-f-]+/);
  // The columns were recognised by their names: instruction, response, and intent as the topic.
  const group = writer.getByRole('combobox', { name: 'Group' });
  await group.click();
  await writer.getByRole('option', { name: /^intent/ }).click();
  await expect(writer.getByRole('combobox', { name: 'Topic' })).toContainText('intent');
  await writer.getByRole('button', { name: 'Check the file' }).click();
  const button = writer.getByRole('button', { name: /^Import [\d,]+ examples$/ });
  await expect(button).toBeVisible({ timeout: 120_000 });
  await writer.getByRole('radio', { name: /Straight into review/ }).click();
  await button.click();
  await expect(writer.getByText(/^[\d,]+ examples imported$/).first()).toBeVisible({
    timeout: 300_000,
  });
}

/** Approves by keyboard until `count` are decided or nothing waits. Returns how many were approved. */
async function approveByKeyboard(
  reviewer: Page,
  datasetUrl: string,
  count: number,
): Promise<number> {
  await reviewer.goto(`${datasetUrl}/review?order=mixed`);
  const heading = reviewer.getByRole('heading', { level: 1 });
  await expect(heading).toHaveText(/^Example \d+$/);
  for (let approved = 0; approved < count; approved += 1) {
    const now = (await heading.textContent()) ?? '';
    if (!now.startsWith('Example')) return approved;
    await reviewer.keyboard.press('a');
    const next = reviewer.getByRole('heading', {
      level: 1,
      name: new RegExp(`^(?!${now}$)Example`),
    });
    await expect(next.or(reviewer.getByText('Nothing waits for you')).first()).toBeVisible();
  }
  return count;
}

test('a company walks from a spreadsheet to a model that learned it', async ({ browser }) => {
  const admin = await (await browser.newContext({ acceptDownloads: true })).newPage();

  await test.step('the link of the terminal makes the first admin', async () => {
    await admin.goto(process.env.E2E_ADMIN_LINK ?? '');
    await admin.getByLabel('Your name').fill('Ada');
    await admin.getByLabel('E-mail').fill('ada@harbour.example');
    await admin.getByLabel('Password', { exact: true }).fill(password);
    await admin.getByLabel('Name of your workspace').fill('Harbour');
    await admin.getByRole('button', { name: 'Make admin and workspace' }).click();
    await admin.waitForURL(/\/w\//);
  });
  const workspaceUrl = new URL(admin.url()).pathname.split('/').slice(0, 3).join('/');

  await test.step('the admin makes the dataset', async () => {
    await admin.goto(`${workspaceUrl}/datasets/new`);
    await admin.getByLabel('Name', { exact: true }).fill('Support');
    await admin.getByLabel('The task in words').fill('Answer mails of customers.');
    await admin
      .getByLabel('System prompt')
      .fill('You answer the mails of a shop, politely and to the point.');
    await admin.getByRole('button', { name: 'Create the dataset' }).click();
    await admin.waitForURL(/\/datasets\/[0-9a-f-]{36}/);
  });
  const datasetUrl = new URL(admin.url()).pathname.split('/').slice(0, 5).join('/');

  const writer = await invite(admin, browser, 'Writer', 'Wilma');
  const reviewer = await invite(admin, browser, 'Reviewer', 'Rolf');

  await test.step('the writer imports the spreadsheet', () => importFile(writer, datasetUrl));

  await test.step('the writer edits a reply in the panel', async () => {
    await writer.goto(`${datasetUrl}/examples?open=1`);
    const reply = writer.getByRole('textbox', { name: 'Ideal reply' });
    const text = `${await reply.inputValue()} We are glad to help.`;
    // The panel is drawn by the server first: type until it listens.
    await expect(async () => {
      await reply.fill(text);
      await expect(writer.getByText(/^Sav(ed|ing)/).first()).toBeVisible({ timeout: 3_000 });
    }).toPass();
    await reply.press('Control+Enter');
    await expect(writer.getByRole('tab', { name: 'History (2)' })).toBeVisible();
  });

  const wanted = isLong ? 150 : 60;
  await test.step('a reviewer who is not the author approves by keyboard', async () => {
    const approved = await approveByKeyboard(reviewer, datasetUrl, wanted);
    expect(approved).toBeGreaterThanOrEqual(Math.min(wanted, file.rows) - 2);
  });

  await test.step('the reviewer approves the brief', async () => {
    await reviewer.goto(`${datasetUrl}/brief`);
    await reviewer.getByRole('button', { name: /^Approve version/ }).click();
    const dialog = reviewer.getByRole('alertdialog');
    await dialog.getByRole('button', { name: /^Approve version/ }).click();
    await expect(reviewer.getByText('Version 1 is approved.')).toBeVisible();
  });

  await test.step('the admin freezes a release', async () => {
    await admin.goto(`${datasetUrl}/releases/new`);
    await admin.getByRole('button', { name: 'Freeze release 1' }).click();
    await admin.waitForURL(/\/releases\/1$/);
    await expect(admin.getByRole('heading', { name: 'Training files' })).toBeVisible({
      timeout: 120_000,
    });
  });

  await test.step('the file and its manifest verify, without and with the database', async () => {
    const [training] = await Promise.all([
      admin.waitForEvent('download'),
      admin.getByRole('button', { name: 'Download openai-chat, Training' }).click(),
    ]);
    const [manifest] = await Promise.all([
      admin.waitForEvent('download'),
      admin.getByRole('button', { name: 'Download the manifest of openai-chat, Training' }).click(),
    ]);
    const paths = [await training.path(), await manifest.path()];
    const verify = (...more: string[]) =>
      promisify(execFile)(process.execPath, ['bin/run.mjs', 'verify-release', ...paths, ...more], {
        cwd: root,
        env: { ...process.env, DATA_DIR: process.env.E2E_DATA_DIR, INIT_CWD: root },
      });
    expect((await verify()).stdout).toContain('Signature: valid.');
    expect((await verify('--database')).stdout).toMatch(
      /rows compared with the database[\s\S]*Verified:/,
    );
    const lines = readFileSync(paths[0] ?? '', 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines.length).toBeGreaterThan(10);
  });

  await test.step('the admin trains; a double click starts one run', async () => {
    await admin.getByRole('link', { name: 'Train a model' }).click();
    await admin.getByText('Advanced').click();
    const set = async (label: string, value: string) => {
      await admin.getByLabel(label).fill(value);
      await admin.getByLabel(label).blur();
    };
    if (!isLong) {
      await set('Passes over the examples (epochs)', '1');
      await set('Longest answer in tokens', '48');
    }
    await admin.getByRole('button', { name: 'Calculate again' }).click();
    const start = admin.getByRole('button', { name: /^Start training/ });
    await expect(start).toBeEnabled({ timeout: 60_000 });
    await start.dblclick();
    await admin.waitForURL(/\/runs\/[0-9a-f-]+$/);
    await admin.reload();
    await expect(admin.getByRole('heading', { name: 'Training 1' })).toBeVisible();
    await expect(admin.getByRole('link', { name: 'See what it learned' })).toBeVisible({
      timeout: isLong ? 50 * 60_000 : 14 * 60_000,
    });
    const answer = await admin.request.get(`${datasetUrl}/runs`);
    expect((await answer.text()).match(/Training 2/)).toBeNull();
  });

  await test.step('the model page shows what it learned, by counts', async () => {
    await admin.getByRole('link', { name: 'See what it learned' }).click();
    const all = admin.getByRole('row', { name: /All together/ });
    await expect(all).toBeVisible();
    const cells = await all.getByRole('cell').allTextContents();
    const [before, after] = cells.slice(-2).map(Number);
    expect(after).toBeLessThan(before ?? 0);
    await admin.getByRole('button', { name: 'Open the answers' }).first().click();
    await expect(admin.getByRole('tablist')).toBeVisible();
    const [adapter] = await Promise.all([
      admin.waitForEvent('download'),
      admin.getByRole('link', { name: 'Download the adapter' }).click(),
    ]);
    expect(adapter.suggestedFilename()).toMatch(/\.zip$/);
  });
});
