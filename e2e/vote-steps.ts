// What people do with a proof that is open for votes, from the first blind vote to the verified report.
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, type Page } from '@playwright/test';
import { jsonRows } from './company';

const root = join(import.meta.dirname, '..');

/** The key that a voter presses for two answers. */
export type Choose = (a: string, b: string) => '1' | '2' | '3' | '4';

const position = (voter: Page) => voter.getByRole('heading', { level: 1, name: /^\d+ of \d+$/ });
const nothingMore = (voter: Page) =>
  voter.getByRole('heading', { name: 'Nothing more to vote on' });
const answerOf = async (voter: Page, name: string) =>
  (await voter.getByRole('region', { name }).getByRole('paragraph').textContent()) ?? '';
const bothAnswers = (voter: Page) =>
  Promise.all(['Answer A', 'Answer B'].map((name) => answerOf(voter, name)));

/** Votes on everything that there is for this person, by keyboard; says how often, and how often a guess was asked. */
export async function voteOnAll(
  voter: Page,
  choose: Choose,
): Promise<{ votes: number; guesses: number }> {
  const done = nothingMore(voter);
  const guess = voter.getByRole('paragraph').filter({ hasText: 'Which one is the new model?' });
  for (let votes = 0, guesses = 0; ; votes += 1) {
    await expect(done.or(position(voter)).first()).toBeVisible();
    if (await done.isVisible()) return { votes, guesses };
    const now = await position(voter).textContent();
    if (await guess.isVisible()) guesses += 1;
    const [a = '', b = ''] = await bothAnswers(voter);
    await voter.keyboard.press(choose(a, b));
    const next = voter.getByRole('heading', { level: 1, name: new RegExp(`^(?!${now}$)\\d+ of`) });
    await expect(done.or(next).first()).toBeVisible();
  }
}

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
  return jsonRows(text).flatMap((row) => {
    const json = /^[0-9a-f]+:(\{.*\})$/s.exec(row)?.[1];
    if (!json) return [];
    const value = JSON.parse(json) as { ok?: boolean; data?: { kind?: string } };
    return value.data?.kind === 'ballot' ? [value.data as Record<string, unknown>] : [];
  });
}

/**
 * Votes on everything, after trying what must not change a thing: a reload and a vote taken back.
 * Nothing that the browser received names a side or the model.
 */
export async function voteBlindly(
  voter: Page,
  proof: { url: string; modelId: string },
  choose: Choose,
): Promise<{ votes: number; guesses: number }> {
  const received = listen(voter);
  await voter.goto(`${proof.url}/vote`);
  const first = voter.getByRole('heading', { level: 1, name: /^1 of \d+$/ });
  await expect(first).toBeVisible();
  const before = await bothAnswers(voter);
  await voter.reload();
  await expect(first).toBeVisible();
  expect(await bothAnswers(voter)).toEqual(before);
  await voter.keyboard.press('3');
  await expect(first).toBeHidden();
  await voter.keyboard.press('z');
  await expect(first).toBeVisible();
  expect(await bothAnswers(voter)).toEqual(before);
  await voter.keyboard.press('g');
  await expect(voter.getByRole('complementary', { name: 'Guidelines' })).toBeVisible();
  await voter.keyboard.press('g');
  const cast = await voteOnAll(voter, choose);
  expect(cast.votes).toBeGreaterThan(0);

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
    expect(all).not.toContain(proof.modelId);
    expect(all).not.toMatch(/smollm|tunedOnA|candidateOnA|sideSecret|run-\d+"/i);
  }
  return cast;
}

/** Who may still vote is told how far the vote is, and not how it stands. */
export async function expectHiddenResult(voter: Page): Promise<void> {
  await voter.getByRole('link', { name: 'See the proof' }).click();
  await expect(voter.getByText('The result is hidden while you may vote')).toBeVisible();
  await expect(voter.getByRole('progressbar')).toBeVisible();
}

/** Closes the vote for good. */
export async function closeVote(admin: Page, proofUrl: string): Promise<void> {
  await admin.goto(proofUrl);
  await admin.getByRole('button', { name: 'Close the vote' }).click();
  await admin.getByRole('alertdialog').getByRole('button', { name: 'Close the vote' }).click();
  await expect(admin.getByText('closed', { exact: true })).toBeVisible();
}

/** Opens what was counted, reads the page as people do who are no experts, and opens one example. */
export async function readResult(admin: Page): Promise<void> {
  await admin.getByRole('button', { name: 'Open the answers' }).click();
  await expect(admin.getByRole('heading', { name: /^Counted, not judged/ }).first()).toBeVisible();
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
}

/** On the page of an example of a proof: marks the tuned answer and opens what may have taught it. */
export async function markWrong(page: Page, note: string): Promise<void> {
  const tuned = page.getByRole('region', { name: 'Tuned model', exact: true });
  await tuned.getByRole('button', { name: 'Mark as wrong' }).click();
  await tuned.getByLabel('What is wrong with it').fill(note);
  await tuned.getByRole('button', { name: 'Mark as wrong' }).click();
  await tuned.getByRole('link', { name: 'See what may have taught it' }).click();
  await expect(
    page.getByRole('heading', { level: 1, name: 'What may have taught it this' }),
  ).toBeVisible();
  await expect(page.getByText(note)).toBeVisible();
  for (const list of ['Nearest by prompt', 'Nearest by reply'])
    await expect(page.getByRole('region', { name: list })).toBeVisible();
}

/** Downloads the signed report: it verifies without the app, and one with a lower bar does not. */
export async function verifyReportFile(admin: Page, proofUrl: string): Promise<void> {
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
  const before = readFileSync(file, 'utf8');
  writeFileSync(file, before.replace(/"barOf100":\d+/, '"barOf100":1'));
  await expect(verify()).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringContaining('not those that were sealed'),
  });
}
