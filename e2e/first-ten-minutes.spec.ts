import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, type Page } from '@playwright/test';
import { keepFigures } from '../tests/figures';
import { isLong } from '../tests/form';
import { sentencesOf } from './canaries/database-texts';
import { canary } from './canaries/register';
import { sampleDataset, stepIn } from './fixtures';
import { readVerdicts } from './prove-steps';
import { test } from './test';

/**
 * What somebody does in the sample workspace in the first ten minutes. The long form trains on it
 * with the settings that the app proposes, and prints what it measured.
 */

/** Rules that at least this share of the tuned model's answers keep, all of them at once. */
const KEEPS_ALL = 0.6;

const minutesSince = (from: number) => (Date.now() - from) / 60_000;

/** "12 of 31" as two numbers. */
const counts = (text: string): [passed: number, total: number] => {
  const [passed = 0, total = 0] = text.match(/\d+/g)?.map(Number) ?? [];
  return [passed, total];
};

/** The rows of the house-style table: name of the rule → base, tuned and human. */
async function readRules(page: Page) {
  const table = page.getByRole('table', { name: 'House style: With a reply that is new to it' });
  const rules = new Map<string, [number, number][]>();
  for (const row of (await table.getByRole('row').all()).slice(1)) {
    const name = (await row.getByRole('rowheader').textContent()) ?? '';
    rules.set(name, (await row.getByRole('cell').allTextContents()).map(counts));
  }
  return rules;
}

const root = join(import.meta.dirname, '..');
const REPLY = `Hello from the workshop,

It is, and the stove is on.

Next stop: come by tomorrow before six.

Tailwinds,
Fernwick Cycles`;

const steps = (page: Page) => page.getByRole('region', { name: 'First steps' });
const step = (page: Page, title: string) =>
  steps(page).getByRole('listitem').filter({ hasText: title });

test('the first steps lead to their pages and are ticked by what was done', async ({ page }) => {
  // The sample is removed below, and what was written in it is then no longer in the database.
  canary('a typed text', 'Is the workshop warm in January?', ...sentencesOf(REPLY));
  await test.step('a writer writes, and sees who does the rest', async () => {
    await stepIn(page, 'writer');
    await expect(steps(page).getByRole('listitem')).toHaveCount(5);
    await expect(step(page, 'Freeze a release')).toContainText('Switch to the admin above');
    await expect(step(page, 'Freeze a release').getByRole('link')).toHaveCount(0);
    await step(page, 'Write an example').getByRole('link').click();
    await page.waitForURL(/\/examples\?open=new/);
    await page.getByRole('textbox', { name: 'Prompt' }).fill('Is the workshop warm in January?');
    await page.getByRole('textbox', { name: 'Ideal reply' }).fill(REPLY);
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.waitForURL(/open=\d+/);
    await page.goto('/w/sample');
    await expect(step(page, 'Write an example')).toContainText('done');
  });

  await test.step('a reviewer decides about one example', async () => {
    await stepIn(page, 'reviewer');
    await expect(step(page, 'Review what others wrote')).not.toContainText('done');
    await step(page, 'Review what others wrote').getByRole('link').click();
    const heading = page.getByRole('heading', { level: 1, name: /^Example \d+$/ });
    const first = (await heading.textContent()) ?? '';
    const decided = page.waitForResponse(/\/review\/decisions$/);
    await page.keyboard.press('a');
    await expect(heading).not.toHaveText(first);
    expect((await decided).ok()).toBe(true);
    await page.goto('/w/sample');
    await expect(step(page, 'Review what others wrote')).toContainText('done');
  });

  await test.step('an admin is led to the release, and hides the list for good', async () => {
    await stepIn(page, 'admin');
    await step(page, 'Freeze a release').getByRole('link').click();
    await page.waitForURL(/\/releases\/new$/);
    await page.goto('/w/sample');
    await page.getByRole('button', { name: 'Hide first steps' }).click();
    await expect(steps(page)).toHaveCount(0);
    await page.reload();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(steps(page)).toHaveCount(0);
  });
});

test('the sample is removed in one click, and made anew by its command', async ({ page }) => {
  await stepIn(page, 'admin');
  await page.goto('/w/sample/settings');
  await page.getByRole('button', { name: 'Remove the sample' }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText(/\d+ examples, /);
  await dialog.getByRole('button', { name: /^Remove \d+ examples$/ }).click();
  await page.waitForURL(/\/sign-in/);
  await expect(page.getByRole('button', { name: 'Step in as writer' })).toHaveCount(0);
  expect((await page.goto('/w/sample'))?.url()).toMatch(/\/sign-in/);

  const { stdout } = await promisify(execFile)(process.execPath, ['bin/run.mjs', 'seed'], {
    cwd: root,
    env: { ...process.env, DATA_DIR: process.env.E2E_DATA_DIR },
  });
  expect(stdout).toContain('The sample workspace is ready.');
  await stepIn(page, 'writer');
  await sampleDataset(page);
});

if (isLong) {
  test('a training on the sample moves the rules of the house, and a proof says so', async ({
    page,
  }) => {
    const opened = Date.now();
    await stepIn(page, 'admin');
    const dataset = `/w/sample/datasets/${await sampleDataset(page)}`;
    await page.goto(`${dataset}/releases/new`);
    await page.getByRole('button', { name: /^Freeze release \d+$/ }).click();
    await expect(page.getByRole('heading', { name: 'Training files' })).toBeVisible({
      timeout: 120_000,
    });
    await page.getByRole('link', { name: 'Train a model' }).click();
    await page.getByRole('radio', { name: /^House rules kept/ }).click();
    await page.getByRole('button', { name: 'Seal this plan' }).click();
    await expect(page.getByText(/^Good enough when at least 90 of 100/)).toBeVisible();
    const start = page.getByRole('button', { name: /^Start training/ });
    await expect(start).toBeEnabled({ timeout: 60_000 });
    const promised = await start.textContent();
    const began = Date.now();
    await start.click();
    await page.waitForURL(/\/runs\/[0-9a-f-]+$/);
    await expect(page.getByRole('link', { name: 'See what it learned' })).toBeVisible({
      timeout: 25 * 60_000,
    });
    const minutes = minutesSince(began);
    const speed = await page
      .getByText(/^[\d,.]+ tokens\/s$/)
      .first()
      .textContent();
    await page.getByRole('link', { name: 'See what it learned' }).click();
    await expect(page.getByRole('heading', { name: 'House style' })).toBeVisible();
    const rules = await readRules(page);
    await page.getByRole('button', { name: 'Begin the proof' }).click();
    await page.waitForURL(/\/proofs\/[0-9a-f-]+$/);
    await expect(
      page.getByRole('list', { name: 'One square for each held-out group' }),
    ).toBeVisible({
      timeout: 25 * 60_000,
    });
    const minutesToProof = minutesSince(opened);
    const verdicts = await readVerdicts(page);
    keepFigures('sample-training', {
      promised,
      minutes,
      speed,
      rules: Object.fromEntries(rules),
      minutesToProof,
      verdicts,
    });
    // Form that examples show, a base model with examples in its prompt keeps as well: which of the
    // five it is depends on the placement.
    expect(verdicts.length).toBeGreaterThan(0);
    for (const { verdict } of verdicts)
      expect(verdict).toMatch(/^(The tuned model is|It cannot be proven|Not proven)/);

    const [base, tuned, human] = rules.get('Every rule') ?? [];
    expect(human?.[1]).toBeGreaterThanOrEqual(30);
    expect(human?.[0]).toBe(human?.[1]);
    expect(tuned?.[0]).toBeGreaterThan(base?.[0] ?? 0);
    expect((tuned?.[0] ?? 0) / (tuned?.[1] ?? 1)).toBeGreaterThanOrEqual(KEEPS_ALL);
  });
}
