import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, expect, type Page } from '@playwright/test';
import { sentencesOf } from './canaries/database-texts';
import { canary, tokenOf } from './canaries/register';

// What people do on the street, step by step: every step is a person at a page.
const root = join(import.meta.dirname, '..');
const password = 'a quiet harbour at noon';

/** Makes the first admin over the link of the terminal; gives the address of the new workspace. */
export async function becomeFirstAdmin(page: Page): Promise<string> {
  canary('a password', password);
  canary('an e-mail address', 'ada@harbour.example');
  await page.goto(process.env.E2E_ADMIN_LINK ?? '');
  await page.getByLabel('Your name').fill('Ada');
  await page.getByLabel('E-mail').fill('ada@harbour.example');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByLabel('Name of your workspace').fill('Harbour');
  await page.getByRole('button', { name: 'Make admin and workspace' }).click();
  await page.waitForURL(/\/w\//);
  return new URL(page.url()).pathname.split('/').slice(0, 3).join('/');
}

/** Invites somebody over the people page and lets them join in a browser of their own. */
export async function invite(
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
  canary('the link of an invitation', tokenOf(link));
  await dialog.getByRole('button', { name: 'Done' }).click();
  const page = await (await browser.newContext()).newPage();
  await page.goto(link);
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Make account and join' }).click();
  await page.waitForURL(/\/w\//);
  return page;
}

type NewDataset = { name: string; task: string; systemPrompt: string };

/** Makes a dataset over its form; gives its address. */
export async function makeDataset(
  admin: Page,
  workspaceUrl: string,
  dataset: NewDataset,
): Promise<string> {
  await admin.goto(`${workspaceUrl}/datasets/new`);
  await admin.getByLabel('Name', { exact: true }).fill(dataset.name);
  await admin.getByLabel('The task in words').fill(dataset.task);
  await admin.getByLabel('System prompt').fill(dataset.systemPrompt);
  await admin.getByRole('button', { name: 'Create the dataset' }).click();
  await admin.waitForURL(/\/datasets\/[0-9a-f-]{36}/);
  return new URL(admin.url()).pathname.split('/').slice(0, 5).join('/');
}

/** Adds a rule on the length of replies and saves the brief's second version. */
export async function limitReplies(admin: Page, datasetUrl: string, words: number): Promise<void> {
  await admin.goto(`${datasetUrl}/brief`);
  const dialog = admin.getByRole('dialog');
  // The page is drawn by the server first: open the menu until it listens.
  await expect(async () => {
    await admin.getByRole('button', { name: 'Add a rule' }).click();
    await admin.getByRole('menuitem', { name: /^Length/ }).click({ timeout: 2_000 });
    await expect(dialog).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await dialog.getByLabel('At most').fill(String(words));
  await dialog.getByLabel('At most').blur();
  await dialog.getByRole('button', { name: 'Add the rule' }).click();
  await admin.getByRole('button', { name: 'Save as version 2' }).click();
  await expect(admin.getByText(/^Version 2 is saved/).first()).toBeVisible();
}

/** Uploads a file; leaves the page at its columns. */
export async function upload(
  writer: Page,
  datasetUrl: string,
  file: { name: string; content: Buffer },
): Promise<void> {
  canary('a row of an uploaded file', ...sentencesOf(file.content.toString()).slice(0, 500));
  await writer.goto(`${datasetUrl}/import`);
  await writer
    .locator('input[type=file]')
    .setInputFiles({ name: file.name, mimeType: 'text/plain', buffer: file.content });
  await writer.waitForURL(/\/import\/[0-9a-f-]+/);
}

/** Maps a column that was not recognised by its name. */
export async function mapColumn(writer: Page, target: string, column: string): Promise<void> {
  await writer.getByRole('combobox', { name: target }).click();
  await writer.getByRole('option', { name: new RegExp(`^${column}`) }).click();
}

/** Checks the file and brings it straight into review; gives the rows and the seconds it took. */
export async function importIntoReview(
  writer: Page,
): Promise<{ rows: number; checkSeconds: number; importSeconds: number }> {
  const began = performance.now();
  await writer.getByRole('button', { name: 'Check the file' }).click();
  const button = writer.getByRole('button', { name: /^Import [\d,]+ examples$/ });
  await expect(button).toBeVisible({ timeout: 120_000 });
  const checked = performance.now();
  await writer.getByRole('radio', { name: /Straight into review/ }).click();
  const rows = Number(((await button.textContent()) ?? '').replace(/\D/g, ''));
  const confirmed = performance.now();
  await button.click();
  await expect(writer.getByText(/^[\d,]+ examples imported$/).first()).toBeVisible({
    timeout: 300_000,
  });
  return {
    rows,
    checkSeconds: (checked - began) / 1_000,
    importSeconds: (performance.now() - confirmed) / 1_000,
  };
}

/** Adds a sentence to the reply of one example in the panel. */
export async function editReply(
  writer: Page,
  datasetUrl: string,
  number: number,
  sentence: string,
): Promise<void> {
  await writer.goto(`${datasetUrl}/examples?open=${number}`);
  const reply = writer.getByRole('textbox', { name: 'Ideal reply' });
  const text = `${await reply.inputValue()} ${sentence}`;
  // The panel is drawn by the server first: type until it listens.
  await expect(async () => {
    await reply.fill(text);
    await expect(writer.getByText(/^Sav(ed|ing)/).first()).toBeVisible({ timeout: 3_000 });
  }).toPass();
  await reply.press('Control+Enter');
  await expect(writer.getByRole('tab', { name: 'History (2)' })).toBeVisible();
}

/** Approves by keyboard, topics mixed, until `count` are decided or nothing waits. Gives how many were approved. */
export async function approveByKeyboard(
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

/** Approves the newest version of the brief. */
export async function approveBrief(
  reviewer: Page,
  datasetUrl: string,
  version: number,
): Promise<void> {
  await reviewer.goto(`${datasetUrl}/brief`);
  await reviewer.getByRole('button', { name: /^Approve version/ }).click();
  const dialog = reviewer.getByRole('alertdialog');
  await dialog.getByRole('button', { name: /^Approve version/ }).click();
  await expect(reviewer.getByText(`Version ${version} is approved.`)).toBeVisible();
}

/** Freezes the dataset's first release and waits for its files. */
export async function freeze(admin: Page, datasetUrl: string): Promise<void> {
  await admin.goto(`${datasetUrl}/releases/new`);
  await admin.getByRole('button', { name: 'Freeze release 1' }).click();
  await admin.waitForURL(/\/releases\/1$/);
  await expect(admin.getByRole('heading', { name: 'Training files' })).toBeVisible({
    timeout: 120_000,
  });
}

/** How many rows and topics each part of the release holds, read off its tables page by page. */
export async function releaseParts(
  admin: Page,
  datasetUrl: string,
): Promise<Record<'training' | 'validation' | 'held_out', { rows: number; topics: string[] }>> {
  const part = async (split: string) => {
    const topics: string[] = [];
    for (let from = 0; ; from += 50) {
      await admin.goto(`${datasetUrl}/releases/1?split=${split}&from=${from}`);
      const table = admin.getByRole('table', { name: /^Examples of the part/ });
      const cells = await table.getByRole('row').locator('td:nth-child(4)').allTextContents();
      topics.push(...cells);
      if (cells.length < 50) return { rows: topics.length, topics: [...new Set(topics)].sort() };
    }
  };
  return {
    training: await part('training'),
    validation: await part('validation'),
    held_out: await part('held_out'),
  };
}

/** Downloads the training file with its manifest and checks both, without and with the database. */
export async function verifyFiles(admin: Page, datasetUrl: string): Promise<{ rows: number }> {
  await admin.goto(`${datasetUrl}/releases/1`);
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
  return {
    rows: readFileSync(paths[0] ?? '', 'utf8')
      .trimEnd()
      .split('\n').length,
  };
}

/**
 * Trains with a double click on the button, reloads once on the way, and waits for the end.
 * `patience` in ms. Gives the seconds from the click to the model and the run page's figures.
 */
export async function train(
  admin: Page,
  datasetUrl: string,
  settings: Record<string, string>,
  patience: number,
): Promise<{ seconds: number; tokensPerSecond: number }> {
  await admin.goto(`${datasetUrl}/releases/1`);
  await admin.getByRole('link', { name: 'Train a model' }).click();
  await admin.getByText('Advanced').click();
  for (const [label, value] of Object.entries(settings)) {
    await admin.getByLabel(label).fill(value);
    await admin.getByLabel(label).blur();
  }
  await admin.getByRole('button', { name: 'Calculate again' }).click();
  const start = admin.getByRole('button', { name: /^Start training/ });
  await expect(start).toBeEnabled({ timeout: 60_000 });
  const began = performance.now();
  await start.dblclick();
  await admin.waitForURL(/\/runs\/[0-9a-f-]+$/);
  await admin.reload();
  await expect(admin.getByRole('heading', { name: /^Training \d+$/ })).toBeVisible();
  const model = admin.getByRole('link', { name: 'See what it learned' });
  await expect(model).toBeVisible({ timeout: patience });
  const seconds = (performance.now() - began) / 1_000;
  const speed = await admin
    .getByText(/^\d+ tokens\/s$/)
    .first()
    .textContent();
  const runs = await (await admin.request.get(`${datasetUrl}/runs`)).text();
  expect(new Set(runs.match(/Training \d+/g))).toHaveProperty('size', 1);
  await model.click();
  return { seconds, tokensPerSecond: Number.parseInt(speed ?? '', 10) };
}

/** Loss before and after per kind of held-out row, and how many answers keep every rule, as the model page says. */
export async function readModel(admin: Page): Promise<{
  loss: Record<string, { rows: number; before: number | null; after: number | null }>;
  keeps: Record<string, { base: string; tuned: string; human: string }>;
}> {
  await admin.locator('summary', { hasText: 'Held-out loss' }).click();
  const losses = admin.getByRole('table', { name: 'Held-out loss' });
  await expect(losses).toBeVisible();
  const loss: Awaited<ReturnType<typeof readModel>>['loss'] = {};
  for (const row of (await losses.getByRole('row').all()).slice(1)) {
    const group = (await row.getByRole('rowheader').textContent()) ?? '';
    const [rows = '', before = '', after = ''] = await row.getByRole('cell').allTextContents();
    const number = (text: string) => (Number.isFinite(Number(text)) ? Number(text) : null);
    loss[group] = { rows: Number(rows), before: number(before), after: number(after) };
  }
  const keeps: Awaited<ReturnType<typeof readModel>>['keeps'] = {};
  for (const group of Object.keys(loss)) {
    const table = admin.getByRole('table', { name: `House style: ${group}` });
    if ((await table.count()) === 0) continue;
    const row = table.getByRole('row', { name: /^Every rule/ });
    const [base = '', tuned = '', human = ''] = await row.getByRole('cell').allTextContents();
    keeps[group] = { base, tuned, human };
  }
  return { loss, keeps };
}

/** Opens all answers to held-out prompts whose reply is new: the ideal reply and both models' answers. */
export async function readAnswers(
  admin: Page,
): Promise<{ reply: string; base: string; tuned: string }[]> {
  await admin.getByRole('button', { name: 'Open the answers' }).first().click();
  const panel = admin.getByRole('tabpanel');
  const more = panel.getByRole('button', { name: /^(Open the answers|Show more)$/ });
  const articles = panel.getByRole('article');
  while (await more.isVisible()) {
    const before = await articles.count();
    await more.click();
    await expect(articles.nth(before)).toBeVisible();
  }
  const answers = [];
  for (const article of await articles.all()) {
    const text = async (label: string) =>
      (await article
        .getByRole('heading', { name: label, exact: true })
        .locator('xpath=following-sibling::p[1]')
        .textContent()) ?? '';
    answers.push({
      reply: await text('Ideal reply'),
      base: await text('Base model'),
      tuned: await text('Tuned model'),
    });
  }
  return answers;
}
