import { type Browser, expect, type Page } from '@playwright/test';
import { keepFigures } from '../tests/figures';
import { sampleDataset, stepIn } from './fixtures';
import { freezeForProof, readVerdicts } from './prove-steps';
import { test } from './test';
import { chooseByVoice } from './voice-voter';
import {
  closeVote,
  expectHiddenResult,
  markWrong,
  readResult,
  verifyReportFile,
  voteBlindly,
  voteOnAll,
} from './vote-steps';

/** From the plan that is sealed before the training to the signed report: real training, real answers, real votes. */
test.describe.configure({ mode: 'serial' });
test.setTimeout(30 * 60_000);

const personOf = async (browser: Browser, role: 'reviewer' | 'admin'): Promise<Page> => {
  const page = await (await browser.newContext({ acceptDownloads: true })).newPage();
  await stepIn(page, role);
  return page;
};

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

  await test.step('votes are blind: the browser learns neither side nor model', () =>
    voteBlindly(reviewer, { url: proofUrl, modelId }, chooseByVoice));

  await test.step('who may still vote is told how far it is, not how it stands', () =>
    expectHiddenResult(reviewer));

  await test.step('what the reviewer wrote herself, another votes on', async () => {
    await admin.goto(`${proofUrl}/vote`);
    await voteOnAll(admin, chooseByVoice);
  });

  await test.step('looking at the answers ends one’s voting, and is said before', async () => {
    await admin.goto(`/w/sample/models/${modelId}`);
    await expect(admin.getByText(/ends your voting on this proof/)).toBeVisible();
  });

  await test.step('the result is a sentence in natural frequencies', async () => {
    await closeVote(admin, proofUrl);
    const verdicts = await readVerdicts(admin);
    keepFigures('proof-sample-voted', { verdicts });
    expect(verdicts.length).toBeGreaterThan(0);
    await readResult(admin);
  });

  await test.step('a wrong answer leads back to what may have taught it, and the mark can be taken back', async () => {
    await markWrong(admin, 'It promises a day.');
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

  await test.step('the signed report verifies offline, and a changed one does not', () =>
    verifyReportFile(admin, proofUrl));
});
