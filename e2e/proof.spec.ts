import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, expect, type Page } from '@playwright/test';
import { keepFigures } from '../tests/figures';
import { sampleDataset, stepIn } from './fixtures';
import { freezeForProof, readVerdicts } from './prove-steps';
import { test } from './test';
import { voteByVoice } from './voice-voter';

/** From the plan that is sealed before the training to the signed report: real training, real answers, real votes. */
test.describe.configure({ mode: 'serial' });
test.setTimeout(30 * 60_000);
const root = join(import.meta.dirname, '..');

const personOf = async (browser: Browser, role: 'reviewer' | 'admin'): Promise<Page> => {
  const page = await (await browser.newContext({ acceptDownloads: true })).newPage();
  await stepIn(page, role);
  return page;
};

/** Keeps everything that a page receives, except the program files that are the same for everybody. */
function listen(page: Page): { url: string; text: Promise<string> }[] {
  const received: { url: string; text: Promise<string> }[] = [];
  page.on('response', (response) => {
    if (response.url().includes('/_next/static/')) return;
    received.push({ url: response.url(), text: response.text().catch(() => '') });
  });
  return received;
}

/** The data of a server action's answer that is about a ballot. */
function ballotsIn(text: string): Record<string, unknown>[] {
  return [...text.matchAll(/^\w+:(\{.*\})$/gm)].flatMap(([, json = '']) => {
    try {
      const value = JSON.parse(json) as { ok?: boolean; data?: { kind?: string } };
      return value.data?.kind === 'ballot' ? [value.data as Record<string, unknown>] : [];
    } catch {
      return [];
    }
  });
}

async function setNumber(page: Page, label: string, value: string): Promise<void> {
  await page.getByLabel(label).fill(value);
  await page.getByLabel(label).blur();
}

test('a model is proven: sealed, answered, voted on blindly, judged, verified offline', async ({
  browser,
}) => {
  const admin = await personOf(browser, 'admin');
  const dataset = `/w/sample/datasets/${await sampleDataset(admin)}`;

  await test.step('the release holds back more', () => freezeForProof(admin, dataset));

  await test.step('what counts is sealed before the training', async () => {
    await admin.getByRole('link', { name: 'Train a model' }).click();
    await expect(admin.getByText(/held-out groups? (the tuned|not even)/).first()).toBeVisible();
    await admin.getByRole('button', { name: 'Seal this plan' }).click();
    await expect(admin.getByText(/^Good enough from 60 of 100/)).toBeVisible();
    await admin.getByText('Advanced', { exact: true }).click();
    await setNumber(admin, 'Passes over the examples (epochs)', '1');
    await setNumber(admin, 'Longest answer in tokens', '48');
    await admin.getByRole('button', { name: 'Calculate again' }).click();
    const start = admin.getByRole('button', { name: /^Start training/ });
    await expect(start).toBeEnabled({ timeout: 60_000 });
    await start.click();
    await admin.getByRole('link', { name: 'See what it learned' }).click({ timeout: 14 * 60_000 });
  });

  let proofUrl = '';
  await test.step('every arm answers, with progress', async () => {
    await expect(admin.getByText('Written down before the training.')).toBeVisible();
    await admin.getByRole('button', { name: 'Begin the proof' }).click();
    await admin.waitForURL(/\/proofs\/[0-9a-f-]+$/);
    proofUrl = new URL(admin.url()).pathname;
    await expect(admin.getByRole('progressbar')).toBeVisible();
    await expect(admin.getByRole('link', { name: 'Vote', exact: true })).toBeVisible({
      timeout: 10 * 60_000,
    });
  });

  const reviewer = await personOf(browser, 'reviewer');
  const model = await admin
    .getByRole('main')
    .getByRole('link', { name: /run-\d+/ })
    .first()
    .getAttribute('href');
  const modelId = model?.split('/').at(-1) ?? '';

  await test.step('votes are blind: the browser learns neither side nor model', async () => {
    const received = listen(reviewer);
    await reviewer.goto(`${proofUrl}/vote`);
    const first = reviewer.getByRole('heading', { level: 1, name: /^1 of \d+$/ });
    await expect(first).toBeVisible();
    const answers = async () =>
      Promise.all(
        ['Answer A', 'Answer B'].map((name) =>
          reviewer.getByRole('region', { name }).textContent(),
        ),
      );
    const before = await answers();
    await reviewer.reload();
    await expect(first).toBeVisible();
    expect(await answers()).toEqual(before);
    await reviewer.keyboard.press('3');
    await expect(first).toBeHidden();
    await reviewer.keyboard.press('z');
    await expect(first).toBeVisible();
    expect(await answers()).toEqual(before);
    await reviewer.keyboard.press('g');
    await expect(reviewer.getByRole('complementary', { name: 'Guidelines' })).toBeVisible();
    await reviewer.keyboard.press('g');
    expect(await voteByVoice(reviewer)).toBeGreaterThan(0);

    const texts = await Promise.all(
      received.map(async ({ url, text }) => ({ url, text: await text })),
    );
    const ballots = texts.flatMap(({ text }) => ballotsIn(text));
    expect(ballots.length).toBeGreaterThan(1);
    for (const ballot of ballots)
      expect(Object.keys(ballot).sort()).toEqual(
        ['a', 'asksGuess', 'b', 'ballot', 'canUndo', 'kind', 'messages', 'number', 'of'].sort(),
      );
    for (const { url, text } of texts) {
      const all = `${url}\n${text}`;
      expect(all).not.toContain(modelId);
      expect(all).not.toMatch(/smollm|tunedOnA|sideSecret|run-\d+"/i);
    }
  });

  await test.step('who may still vote is told how far it is, not how it stands', async () => {
    await reviewer.getByRole('link', { name: 'See the proof' }).click();
    await expect(reviewer.getByText('The result is hidden while you may vote')).toBeVisible();
    await expect(reviewer.getByRole('progressbar')).toBeVisible();
  });

  await test.step('what the reviewer wrote herself, another votes on', async () => {
    await admin.goto(`${proofUrl}/vote`);
    await voteByVoice(admin);
  });

  await test.step('looking at the answers ends one’s voting, and is said before', async () => {
    await admin.goto(`/w/sample/models/${modelId}`);
    await expect(admin.getByText(/ends your voting on this proof/)).toBeVisible();
  });

  await test.step('the result is a sentence in natural frequencies', async () => {
    await admin.goto(proofUrl);
    await admin.getByRole('button', { name: 'Close the vote' }).click();
    await admin.getByRole('alertdialog').getByRole('button', { name: 'Close the vote' }).click();
    await expect(admin.getByText('closed', { exact: true })).toBeVisible();
    const verdicts = await readVerdicts(admin);
    keepFigures('proof-sample-voted', { verdicts });
    expect(verdicts.length).toBeGreaterThan(0);
    await admin.getByRole('button', { name: 'Open the answers' }).click();
    await expect(
      admin.getByRole('heading', { name: /^Counted, not judged/ }).first(),
    ).toBeVisible();
    const text = await admin.getByRole('main').evaluate((main) => {
      const shown = main.cloneNode(true) as HTMLElement;
      for (const experts of shown.querySelectorAll('[data-expert]')) experts.remove();
      return shown.textContent ?? '';
    });
    expect(text).toMatch(/The tuned model is|Not proven yet|It cannot be proven/);
    expect(text).not.toMatch(/\d\s?%|p-value|\bloss(es)?\b|\bepochs?\b/i);
    await admin
      .getByRole('list', { name: 'One square for each held-out group' })
      .first()
      .getByRole('link')
      .first()
      .click();
    await expect(admin.getByRole('region', { name: 'Base with brief and examples' })).toBeVisible();
  });

  await test.step('a wrong answer leads back to what may have taught it, and the mark can be taken back', async () => {
    const tuned = admin.getByRole('region', { name: 'Tuned model', exact: true });
    await tuned.getByRole('button', { name: 'Mark as wrong' }).click();
    await tuned.getByLabel('What is wrong with it').fill('It promises a day.');
    await tuned.getByRole('button', { name: 'Mark as wrong' }).click();
    await tuned.getByRole('link', { name: 'See what may have taught it' }).click();
    await expect(
      admin.getByRole('heading', { level: 1, name: 'What may have taught it this' }),
    ).toBeVisible();
    await expect(admin.getByText('It promises a day.')).toBeVisible();
    for (const list of ['Nearest by prompt', 'Nearest by reply'])
      await expect(admin.getByRole('region', { name: list })).toBeVisible();
    await admin.getByRole('link', { name: 'Open to edit' }).first().click();
    await expect(admin.getByRole('textbox', { name: 'Ideal reply' })).toBeVisible();
    await admin.goBack();
    await admin.getByRole('link', { name: 'Write a new example' }).click();
    await expect(admin.getByRole('textbox', { name: 'Prompt' })).toBeVisible();
    await admin.goBack();
    await admin.getByRole('button', { name: 'Take the mark back' }).click();
    await admin
      .getByRole('alertdialog')
      .getByRole('button', { name: 'Take the mark back' })
      .click();
    await admin.waitForURL(/\/models\/[0-9a-f-]+$/);
  });

  await test.step('the signed report verifies offline, and a changed one does not', async () => {
    await admin.goto(`${proofUrl}/report`);
    const [download] = await Promise.all([
      admin.waitForEvent('download'),
      admin.getByRole('link', { name: 'Download the signed file' }).click(),
    ]);
    const file = await download.path();
    const verify = () =>
      promisify(execFile)(process.execPath, ['bin/run.mjs', 'verify-proof', file], {
        cwd: root,
        env: { ...process.env, DATA_DIR: process.env.E2E_DATA_DIR, INIT_CWD: root },
      });
    expect((await verify()).stdout).toMatch(/Signature: valid\.[\s\S]*Verified:/);
    writeFileSync(file, readFileSync(file, 'utf8').replace('"barOf100":60', '"barOf100":50'));
    await expect(verify()).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringContaining('not those that were sealed'),
    });
  });
});
