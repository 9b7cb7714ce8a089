import { expect, type Page } from '@playwright/test';
import { keepFigures } from '../tests/figures';
import { isLong } from '../tests/form';
import { countFields, readReceiptFile } from './receipt-file';
import { readStreetFile } from './street-file';
import {
  approveBrief,
  approveByKeyboard,
  becomeFirstAdmin,
  editReply,
  freeze,
  importIntoReview,
  invite,
  limitReplies,
  makeDataset,
  mapColumn,
  readAnswers,
  readModel,
  releaseParts,
  train,
  upload,
  verifyFiles,
} from './street-steps';
import { test } from './test';

/** The whole street, by people in real browsers: import, edit, review, release, export, verify, train, read the model page. */
const file = readStreetFile(isLong ? 'long' : 'short');
const patience = isLong ? 50 * 60_000 : 14 * 60_000;
const quickSettings = {
  'Passes over the examples (epochs)': '1',
  'Longest answer in tokens': '48',
};

test.describe.configure({ mode: 'serial' });
test.setTimeout(isLong ? 60 * 60_000 : 20 * 60_000);

type People = { workspaceUrl: string; admin: Page; writer: Page; reviewer: Page };
let people: People;

test('a company walks from a spreadsheet to a model that learned it', async ({ browser }) => {
  const admin = await (await browser.newContext({ acceptDownloads: true })).newPage();
  const workspaceUrl = await test.step('the link of the terminal makes the first admin', () =>
    becomeFirstAdmin(admin));
  const datasetUrl = await test.step('the admin makes the dataset and its rule', async () => {
    const url = await makeDataset(admin, workspaceUrl, {
      name: 'Support',
      task: 'Answer mails of customers.',
      systemPrompt: 'You answer the mails of a shop, politely and to the point.',
    });
    // Whatever the writer adds below stays within it.
    await limitReplies(admin, url, isLong ? 40 : 45);
    return url;
  });
  const writer = await invite(admin, browser, 'Writer', 'Wilma');
  const reviewer = await invite(admin, browser, 'Reviewer', 'Rolf');
  people = { workspaceUrl, admin, writer, reviewer };

  const imported = await test.step('the writer imports the spreadsheet', async () => {
    await upload(writer, datasetUrl, file);
    // The columns were recognised by their names: instruction, response, and intent as the topic.
    await mapColumn(writer, 'Group', 'intent');
    await expect(writer.getByRole('combobox', { name: 'Topic' })).toContainText('intent');
    return importIntoReview(writer);
  });

  await test.step('the writer edits replies in the panel', async () => {
    for (const number of [1, 2])
      await editReply(writer, datasetUrl, number, 'We are glad to help.');
  });

  const wanted = isLong ? 150 : 60;
  await test.step('a reviewer who is not the author approves by keyboard', async () => {
    const approved = await approveByKeyboard(reviewer, datasetUrl, wanted);
    expect(approved).toBeGreaterThanOrEqual(Math.min(wanted, file.rows) - 2);
  });
  await test.step('the reviewer approves the brief', () => approveBrief(reviewer, datasetUrl, 2));
  await test.step('the admin freezes a release', () => freeze(admin, datasetUrl));

  const parts = await test.step('whole topics are held out', async () => {
    const found = await releaseParts(admin, datasetUrl);
    const elsewhere = [...found.training.topics, ...found.validation.topics];
    expect(found.held_out.topics.filter((topic) => elsewhere.includes(topic))).toEqual([]);
    if (isLong) {
      expect(new Set([...elsewhere, ...found.held_out.topics]).size).toBeGreaterThanOrEqual(20);
      expect(found.held_out.topics.length).toBeGreaterThanOrEqual(3);
      expect(found.held_out.rows).toBeGreaterThanOrEqual(12);
    }
    return found;
  });

  await test.step('the file and its manifest verify, without and with the database', async () => {
    const { rows } = await verifyFiles(admin, datasetUrl);
    expect(rows).toBe(parts.training.rows);
  });

  const training = await test.step('the admin trains; a double click starts one run', () =>
    train(admin, datasetUrl, isLong ? {} : quickSettings, patience));

  await test.step('the model page shows what it learned, by counts', async () => {
    const model = await readModel(admin);
    const all = model.loss['All together'];
    expect(all?.after).toBeLessThan(all?.before ?? 0);
    expect(Object.keys(model.keeps).length).toBeGreaterThan(0);
    await admin.getByRole('button', { name: 'Open the answers' }).first().click();
    await expect(admin.getByRole('tablist')).toBeVisible();
    const [adapter] = await Promise.all([
      admin.waitForEvent('download'),
      admin.getByRole('link', { name: 'Download the adapter' }).click(),
    ]);
    expect(adapter.suggestedFilename()).toMatch(/\.zip$/);
    keepFigures('street', {
      ...imported,
      rowsPerSecond: Math.round(imported.rows / imported.importSeconds),
      parts,
      training,
      model,
    });
  });
});

// The receipts take a quarter of an hour of training; the short form is the mails alone.
if (isLong) {
  test('receipts become fields: a model that answers in JSON', async () => {
    const { workspaceUrl, admin, writer, reviewer } = people;
    const receipts = readReceiptFile(150);
    const datasetUrl = await makeDataset(admin, workspaceUrl, {
      name: 'Receipts',
      task: 'Turn a receipt into the fields that the ledger takes.',
      systemPrompt:
        'Read the receipt. Answer with JSON alone: company, date, address and total, as they stand on it.',
    });
    await upload(writer, datasetUrl, receipts);
    const imported = await importIntoReview(writer);
    await approveByKeyboard(reviewer, datasetUrl, receipts.rows);
    await approveBrief(reviewer, datasetUrl, 1);
    await freeze(admin, datasetUrl);
    const parts = await releaseParts(admin, datasetUrl);
    expect(parts.held_out.rows).toBeGreaterThanOrEqual(15);
    await verifyFiles(admin, datasetUrl);
    const training = await train(
      admin,
      datasetUrl,
      { 'Passes over the examples (epochs)': '1' },
      patience,
    );
    const model = await readModel(admin);
    const answers = await readAnswers(admin);
    const base = countFields(answers.map(({ reply, base: answer }) => ({ reply, answer })));
    const tuned = countFields(answers.map(({ reply, tuned: answer }) => ({ reply, answer })));
    keepFigures('receipts', { ...imported, parts, training, model, base, tuned });
    expect(tuned.rows).toBeGreaterThanOrEqual(15);
    expect(tuned.valid).toBeGreaterThan(base.valid);
  });
}
