// What people do once a model is there: vote on it, follow a wrong answer back to the data, ask what
// more examples would bring, and decide whether it is in use. Its answers are made up; proof.spec.ts
// lets real models answer.
import { readFileSync } from 'node:fs';
import { type APIRequestContext, expect, type Page } from '@playwright/test';
import { type Company, dissolveCompanies, foundCompany, pageOf, sql } from './company';
import { recordModel } from './fill-parts';
import { type OpenedProof, openProof } from './fill-proof';
import { handsOf } from './hands';
import { readVerdicts } from './prove-steps';
import { test } from './test';
import {
  type Choose,
  closeVote,
  expectHiddenResult,
  markWrong,
  readResult,
  verifyReportFile,
  voteBlindly,
} from './vote-steps';

test.describe.configure({ mode: 'serial' });

/** Of these the release holds back so many that everybody's tenth vote comes. */
const EXAMPLES = 48;

let request: APIRequestContext;
let company: Company;
let opened: OpenedProof;
let inWorkspace: string;

test.beforeAll(async ({ playwright }) => {
  test.setTimeout(300_000);
  request = await playwright.request.newContext();
  company = await foundCompany('Proven');
  inWorkspace = `/w/${company.slug}`;
  const { act, post } = await handsOf(request, company);
  const texts = Array.from({ length: EXAMPLES }, (_, n) => `Case ${n} of the workshop.`);
  opened = await openProof(company, texts, 1, act, post);
});
test.afterAll(async () => {
  await request.dispose();
  await dissolveCompanies();
});

/** The answers that are made up name their arm, for these tests alone. */
const preferTuned: Choose = (a) => (a.startsWith('tuned') ? '1' : '2');

test('a vote is blind, ends in one of the five verdicts, and its report verifies', async ({
  browser,
}) => {
  const proofUrl = `${inWorkspace}/proofs/${opened.proofId}`;
  const reviewer = await pageOf(browser, company.reviewer);
  await test.step('a reviewer votes by keyboard and is asked for a guess every tenth time', async () => {
    const proof = { url: proofUrl, modelId: opened.proofModelId };
    const { votes, guesses } = await voteBlindly(reviewer, proof, preferTuned);
    expect(votes).toBeGreaterThanOrEqual(10);
    expect(guesses).toBe(Math.floor(votes / 10));
  });
  await test.step('and is told how far the vote is, not how it stands', () =>
    expectHiddenResult(reviewer));

  const admin = await pageOf(browser, company.admin);
  await test.step('an admin closes it and reads a sentence in natural frequencies', async () => {
    await closeVote(admin, proofUrl);
    const [verdict] = await readVerdicts(admin);
    expect(verdict?.verdict).toMatch(/^(The tuned model is|It cannot be proven|It is not proven)/);
    expect(verdict?.support).toMatch(/^Against “Base model” the tuned model won (\d+) of \1 /);
    await readResult(admin);
  });
  await test.step('the ledger says who looked, and when it was judged', async () => {
    await admin.goto(proofUrl);
    const ledger = admin.getByRole('table', { name: 'Looks at the held-out examples' });
    await expect(ledger.getByText('Proof, judgement 1')).toBeVisible();
    const row = ledger.getByRole('row').filter({ hasText: 'Answers opened with their names' });
    await expect(row.filter({ hasText: company.admin.name })).toBeVisible();
  });
  await test.step('the signed report verifies offline, and a changed one does not', () =>
    verifyReportFile(admin, proofUrl));
});

test('a wrong answer leads back to the data, and the next model is asked the case again', async ({
  browser,
}) => {
  const writer = await pageOf(browser, company.writer);
  const note = 'It promises a day that nobody knows.';
  await test.step('a writer marks it and sees what may have taught it', async () => {
    await writer.goto(`${inWorkspace}/proofs/${opened.proofId}/examples/1`);
    await writer.getByRole('button', { name: 'Open the answers' }).click();
    await markWrong(writer, note);
  });
  const marked = writer.url();
  const byPrompt = (page: Page) => page.getByRole('region', { name: 'Nearest by prompt' });
  await test.step('what taught it is opened to edit; another case of the topic can be written', async () => {
    await byPrompt(writer).getByRole('link', { name: 'Open to edit' }).first().click();
    await expect(writer.getByRole('textbox', { name: 'Ideal reply' })).toBeVisible();
    await writer.goto(marked);
    await writer.getByRole('link', { name: 'Write a new example' }).click();
    await expect(writer.getByRole('textbox', { name: 'Prompt' })).toBeVisible();
  });
  await test.step('a reviewer returns one to review, an admin retires another', async () => {
    const reviewer = await pageOf(browser, company.reviewer);
    await reviewer.goto(marked);
    await reviewer.getByRole('button', { name: 'Open the answer' }).click();
    const first = byPrompt(reviewer).getByRole('listitem').first();
    await first.getByRole('button', { name: 'Return to review' }).click();
    await reviewer.getByRole('alertdialog').getByRole('button').last().click();
    await expect(first.getByText('It is in review already.')).toBeVisible();
    const admin = await pageOf(browser, company.admin);
    await admin.goto(marked);
    const second = byPrompt(admin).getByRole('listitem').nth(1);
    await second.getByRole('button', { name: 'Retire' }).click();
    await expect(second.getByText('Retired: in no further release.')).toBeVisible();
  });
  await test.step('the next model answers it again, and a person says how', async () => {
    const { modelId } = await recordModel(company, opened.releaseId, ['Second try']);
    await writer.goto(`${inWorkspace}/models/${modelId}`);
    const again = writer.getByRole('region', { name: 'Answers marked as wrong before' });
    await again.getByRole('button', { name: 'Open both answers' }).click();
    await expect(again.getByText(`What was wrong: ${note}`)).toBeVisible();
    await again.getByRole('button', { name: 'Right now' }).click();
    await expect(again.getByRole('button', { name: 'Right now' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    await writer.goto(marked);
    await expect(writer.getByText('Second try: right now')).toBeVisible();
  });
});

test('a model that got worse goes in use only with a reason, which the record names', async ({
  browser,
}) => {
  const admin = await pageOf(browser, company.admin);
  const prompt = 'Which day follows Monday?';
  await test.step('an item of one’s own is added to what it must not unlearn', async () => {
    await admin.goto(`${inWorkspace}/settings`);
    await admin.getByRole('link', { name: 'Open the regression set' }).click();
    await admin.getByRole('button', { name: 'Add an item' }).click();
    const dialog = admin.getByRole('dialog');
    await dialog.getByLabel('What is asked').fill(prompt);
    await dialog.getByLabel(/^Phrases of which one has to stand/).fill('Tuesday');
    await dialog.getByRole('button', { name: 'Add item' }).click();
    await expect(admin.getByText(prompt)).toBeVisible();
  });
  await sql(
    `INSERT INTO "RegressionAnswer" ("workspaceId", "modelId", "itemId", "arm", "kind", "text", "outcome", "reason")
     SELECT $1, $2, i."id", a.arm::"Arm", 'everyday', a.text, a.outcome::"RegressionOutcome", a.reason
     FROM "RegressionItem" i,
       (VALUES ('base', 'Tuesday.', 'pass', 'expected_said'), ('tuned', 'Gladly.', 'fail', 'expected_missing'))
         a(arm, text, outcome, reason)
     WHERE i."workspaceId" = $1`,
    [company.id, opened.proofModelId],
  );
  const reason = 'The voice of the house counts for more here.';
  await test.step('it is said to be worse, and needs a reason', async () => {
    await admin.goto(`${inWorkspace}/models/${opened.proofModelId}`);
    await expect(admin.getByText('Worse than the base model')).toBeVisible();
    await admin.getByRole('button', { name: 'Put in use' }).click();
    const dialog = admin.getByRole('dialog');
    await expect(dialog.getByText(/^It is worse than its base model/)).toBeVisible();
    await dialog.getByRole('button', { name: 'Put in use' }).click();
    await expect(dialog.getByText('Write at least 3 characters.')).toBeVisible();
    await dialog.getByLabel('Reason').fill(reason);
    await dialog.getByRole('button', { name: 'Put in use' }).click();
    await expect(admin.getByText(`Reason: “${reason}”`)).toBeVisible();
  });
  await test.step('the answer that got worse is one click away', async () => {
    await admin
      .getByRole('link', { name: /^1 item, / })
      .first()
      .click();
    await expect(
      admin.getByRole('heading', { level: 1, name: 'Everyday questions: Got worse' }),
    ).toBeVisible();
    await expect(admin.getByText('Gladly.')).toBeVisible();
  });
  await test.step('the record names it', async () => {
    await admin.goto(`${inWorkspace}/record`);
    await expect(admin.getByText('Put a model in use').first()).toBeVisible();
  });
});

test('a line of the training file leads to who wrote and who approved it', async ({ browser }) => {
  const admin = await pageOf(browser, company.admin);
  await admin.goto(`${inWorkspace}/datasets/${opened.datasetId}/releases/1`);
  await admin.getByRole('button', { name: 'Download openai-chat, Training' }).click();
  // One of its examples went back to review meanwhile: that is said first.
  const [download] = await Promise.all([
    admin.waitForEvent('download'),
    admin.getByRole('alertdialog').getByRole('button', { name: 'Export as frozen' }).click(),
  ]);
  const [line = ''] = readFileSync(await download.path(), 'utf8').split('\n', 1);
  await admin.goto(`${inWorkspace}/record/people`);
  await admin.getByLabel('Line or SHA-256').fill(line);
  await admin.getByRole('button', { name: 'Follow' }).click();
  const place = admin.getByRole('list', { name: 'Where it stands' }).getByRole('listitem');
  await expect(place).toHaveCount(1);
  await expect(place).toContainText('openai-chat, line 1');
  await expect(place).toContainText(`Written by${company.writer.name}`);
  await expect(place).toContainText(`Approved by${company.reviewer.name}`);
  await place.getByRole('link', { name: /^Example \d+, revision 1$/ }).click();
  await expect(admin.getByRole('textbox', { name: 'Ideal reply' })).toBeVisible();
  // That somebody took the file stands in the record.
  await admin.goto(`${inWorkspace}/record`);
  await expect(admin.getByText('Downloaded a file of a release').first()).toBeVisible();
});

test('what more examples would bring is told with its cost, begun and stopped', async ({
  browser,
}) => {
  const admin = await pageOf(browser, company.admin);
  await admin.goto(`${inWorkspace}/models/${opened.proofModelId}`);
  const curve = admin.getByRole('region', { name: 'Will more examples help?' });
  await expect(
    curve.getByText(/^9 short trainings on this machine: about \d+ minutes?/),
  ).toBeVisible();
  await curve.getByRole('button', { name: 'Train on parts of the release' }).click();
  await expect(curve.getByRole('progressbar')).toBeVisible();
  await curve.getByRole('button', { name: 'Cancel' }).click();
  const confirm = admin.getByRole('alertdialog').getByRole('button').last();
  const again = curve.getByRole('button', { name: /^(Train on parts|Go on with)/ });
  await expect(confirm.or(again).first()).toBeVisible();
  if (await confirm.isVisible()) await confirm.click();
  await expect(again).toBeVisible();
});
