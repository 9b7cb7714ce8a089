// Proofs that the app makes by itself, all arms, on real mails, on real receipts and on a planted
// voice. The verdict is a finding; only the planted voice has to come out as better than both. The figures are kept.
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, expect, type Page } from '@playwright/test';
import { keepFigures } from '../tests/figures';
import { callAction, cookieOf, dissolveCompanies, foundCompany, pageOf, sql } from './company';
import { stepIn } from './fixtures';
import { freezeForProof, type Proven, prove } from './prove-steps';
import { readReceiptFile } from './receipt-file';
import { readMailsOneByOne } from './street-file';
import {
  approveBrief,
  approveByKeyboard,
  importIntoReview,
  makeDataset,
  upload,
} from './street-steps';
import { test } from './test';

const PATIENCE = 60 * 60_000;
test.setTimeout(3 * PATIENCE);
test.afterAll(dissolveCompanies);
const root = join(import.meta.dirname, '..');

type File = { name: string; content: Buffer; rows: number };
type Task = { name: string; task: string; systemPrompt: string };

/** A company with one dataset, whose brief and examples are approved. */
async function approved(
  browser: Browser,
  task: Task,
  file: File,
  rules: object[],
): Promise<{ admin: Page; datasetUrl: string }> {
  const company = await foundCompany(task.name);
  const [admin, writer, reviewer] = await Promise.all(
    (['admin', 'writer', 'reviewer'] as const).map((role) => pageOf(browser, company[role])),
  );
  if (!admin || !writer || !reviewer) throw new Error('no browser');
  const datasetUrl = await makeDataset(admin, `/w/${company.slug}`, task);
  if (rules.length > 0) {
    const { name, ...words } = task;
    const content = { ...words, guidelines: '', slots: [], rules };
    const input = {
      workspace: company.slug,
      datasetId: datasetUrl.split('/').at(-1),
      baseVersion: 1,
      content,
    };
    const cookie = await cookieOf(company.admin);
    const answer = await callAction(admin.request, 'saveBriefAction', input, { cookie });
    expect(answer).toMatchObject({ ok: true });
  }
  await upload(writer, datasetUrl, file);
  await importIntoReview(writer);
  const count = await approveByKeyboard(reviewer, datasetUrl, file.rows);
  expect(count).toBeGreaterThan(file.rows * 0.9);
  await approveBrief(reviewer, datasetUrl, rules.length > 0 ? 2 : 1);
  await freezeForProof(admin, datasetUrl);
  return { admin, datasetUrl };
}

const verdict = /^(The tuned model is|Not proven yet|It cannot be proven)/;
const counted = (proven: Proven) => Object.values(proven.measures)[0] ?? {};

/** Every arm answered but one that is absent, and every verdict is one of the five. */
function expectWhole(proven: Proven, absent?: string): void {
  expect(proven.verdicts.length).toBeGreaterThan(0);
  for (const one of proven.verdicts) expect(one.verdict).toMatch(verdict);
  for (const [arm, cell] of Object.entries(counted(proven)).slice(0, 5))
    expect(cell, arm).toMatch(arm === absent ? /^–$/ : /^\d+ of \d+$/);
}

test('a proof on mails of customers', async ({ browser }) => {
  const task = {
    name: 'Mails',
    task: 'Answer mails of customers.',
    systemPrompt: 'You answer the mails of a shop, politely and to the point.',
  };
  const rule = { id: randomUUID(), kind: 'length', unit: 'words', max: 40, severity: 'warning' };
  const { admin, datasetUrl } = await approved(browser, task, readMailsOneByOne(240), [rule]);
  const proven = await prove(admin, datasetUrl, {
    measure: 'House rules kept',
    settings: { 'Longest answer in tokens': '96' },
    patience: PATIENCE,
  });
  keepFigures('proof-mails', proven);
  expectWhole(proven);
});

test('a proof on receipts, whose answers are held to their fields', async ({ browser }) => {
  const task = {
    name: 'Receipts',
    task: 'Turn a receipt into the fields that the ledger takes.',
    systemPrompt:
      'Read the receipt. Answer with JSON alone: company, date, address and total, as they stand on it.',
  };
  const { admin, datasetUrl } = await approved(browser, task, readReceiptFile(150), []);
  const proven = await prove(admin, datasetUrl, {
    measure: 'Documents wholly right',
    settings: { 'Passes over the examples (epochs)': '1', 'Longest answer in tokens': '160' },
    patience: PATIENCE,
  });
  keepFigures('proof-receipts', proven);
  // Another receipt's fields are no way to answer.
  expectWhole(proven, 'Reply of the nearest example');
  expect(proven.answers).toContain('held to the fields');
});

// What a house never says no example in a prompt shows: with more passes than the app proposes for so
// few examples the tuned model keeps the voice where the base model with brief and examples does not.
test('a planted voice is learned', async ({ page }) => {
  await promisify(execFile)(process.execPath, ['bin/run.mjs', 'seed', '--scenario', 'style-task'], {
    cwd: root,
    env: { ...process.env, DATA_DIR: process.env.E2E_DATA_DIR },
  });
  const [dataset] = await sql<{ id: string }>(
    `SELECT "id" FROM "Dataset" WHERE "name" = 'House voice (planted)'`,
  );
  await stepIn(page, 'admin');
  const datasetUrl = `/w/sample/datasets/${dataset?.id}`;
  await freezeForProof(page, datasetUrl);
  const proven = await prove(page, datasetUrl, {
    measure: 'House rules kept',
    settings: { 'Passes over the examples (epochs)': '4' },
    patience: PATIENCE,
  });
  keepFigures('proof-planted-voice', proven);
  expectWhole(proven);
  const everyRule = counted(proven);
  const share = (arm: string) => {
    const [good = 0, of = 1] = (everyRule[arm]?.match(/\d+/g) ?? []).map(Number);
    return good / of;
  };
  expect(proven.verdicts[0]?.verdict).toMatch(/^The tuned model is better/);
  expect(share('Tuned model')).toBeGreaterThanOrEqual(0.9);
  expect(share('Base model')).toBeLessThan(0.5);
});
