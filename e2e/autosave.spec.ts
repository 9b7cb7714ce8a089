import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, expect, type Page } from '@playwright/test';
import { canary } from './canaries/register';
import {
  addPerson,
  type Company,
  callAction,
  cookieOf,
  dissolveCompanies,
  enter,
  fillCompany,
  foundCompany,
  type Person,
  password,
  signIn,
  sql,
} from './company';
import { test } from './test';

/**
 * What a person typed survives whatever happens to the server, the session, the connection and
 * the tab. Each test has an example of its own, so that none depends on another.
 */
let company: Company;
let second: Person;
let datasetId: string;
let free: { id: string; number: number }[];

test.beforeAll(async ({ playwright }) => {
  company = await foundCompany('Quay');
  second = await addPerson(company, 'writer', 'Olaf of Quay');
  const request = await playwright.request.newContext();
  const prompts = Array.from({ length: 20 }, (_, n) => `Where is parcel number ${n}?`);
  ({ datasetId, examples: free } = await fillCompany(request, company, prompts));
  await request.dispose();
});
test.afterAll(dissolveCompanies);

const take = () => {
  const example = free.pop();
  if (!example) throw new Error('More examples are needed.');
  return example;
};
const listPath = () => `/w/${company.slug}/datasets/${datasetId}/examples`;
const panel = (page: Page) => page.getByRole('complementary', { name: /^Example \d+$/ });
// By its label: a dialog over the page hides the roles behind it.
const reply = (page: Page) => page.getByLabel('Ideal reply', { exact: true });
const line = (page: Page) => panel(page).getByRole('status').last();
const saved = /^Saved \d\d:\d\d/;
const failed = 'Not saved — retry';

/** Opens an example and waits until the panel listens: the server draws it first. */
async function open(page: Page, number: number): Promise<void> {
  await page.goto(`${listPath()}?open=${number}`);
  await expect(async () => {
    await panel(page)
      .getByRole('tab', { name: /^History/ })
      .click();
    await expect(panel(page).getByText('Revision 1')).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await panel(page).getByRole('tab', { name: 'Text' }).click();
}

const textOnDevice = (page: Page, person: Person) =>
  page.evaluate(
    (id) =>
      Object.keys(localStorage)
        .filter((key) => key.startsWith(`apprentice:draft:${id}:`))
        .map((key) => localStorage.getItem(key))
        .join('\n'),
    person.id,
  );

/** The text that the server keeps for a person, beside the revisions. */
async function workingCopy(exampleId: string, person: Person): Promise<string | undefined> {
  const [row] = await sql<{ reply: string }>(
    `SELECT "content"->>'reply' AS "reply" FROM "WorkingCopy" WHERE "exampleId" = $1 AND "userId" = $2`,
    [exampleId, person.id],
  );
  return row?.reply;
}

async function revisions(exampleId: string): Promise<string[]> {
  const rows = await sql<{ reply: string }>(
    'SELECT "replyText" AS "reply" FROM "Revision" WHERE "exampleId" = $1 ORDER BY "ordinal"',
    [exampleId],
  );
  return rows.map((row) => row.reply);
}

/** A browser of its own for another person. */
async function browserOf(person: Person, context: BrowserContext): Promise<Page> {
  const browser = context.browser();
  if (!browser) throw new Error('no browser');
  const page = await (await browser.newContext()).newPage();
  await enter(page, person);
  return page;
}

const autosave = '**/working-copy';

test('the line says Changed, Saving… and Saved with the time, also after a revision is saved', async ({
  page,
}) => {
  const example = take();
  await enter(page, company.writer);
  await open(page, example.number);
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(
    autosave,
    async (route) => {
      await held;
      await route.continue();
    },
    { times: 1 },
  );
  await reply(page).fill('It comes on Tuesday.');
  await expect(line(page)).toHaveText('Changed');
  await expect(line(page)).toHaveText('Saving…');
  letGo();
  await expect(line(page)).toHaveText(/^Saved \d\d:\d\d.*Only you see this until you save it\.$/);
  expect(await workingCopy(example.id, company.writer)).toBe('It comes on Tuesday.');

  await reply(page).press('Control+Enter');
  await expect(panel(page).getByRole('tab', { name: 'History (2)' })).toBeVisible();
  await expect(line(page)).toHaveText(/^Saved \d\d:\d\d$/);
  expect(await revisions(example.id)).toHaveLength(2);
  expect(await textOnDevice(page, company.writer)).toBe('');
});

test('an answer 500: said, kept on the device, sent again', async ({ page }) => {
  const example = take();
  await enter(page, company.writer);
  await open(page, example.number);
  await page.route(autosave, (route) => route.fulfill({ status: 500, body: 'broken' }), {
    times: 1,
  });
  await reply(page).fill('It comes on Wednesday.');
  await expect(panel(page).getByRole('button', { name: failed })).toBeVisible();
  expect(await textOnDevice(page, company.writer)).toContain('It comes on Wednesday.');
  await panel(page).getByRole('button', { name: failed }).click();
  await expect(line(page)).toHaveText(saved);
  expect(await workingCopy(example.id, company.writer)).toBe('It comes on Wednesday.');
  expect(await textOnDevice(page, company.writer)).toBe('');
});

test('an answer 500 to a revision: tried again by itself, stored once', async ({ page }) => {
  const example = take();
  await enter(page, company.writer);
  await open(page, example.number);
  const isSave = (url: URL) => url.pathname.endsWith(`/examples/${example.id}`);
  await page.route(
    isSave,
    async (route) => {
      // The answer is lost after the work was done.
      await route.fetch();
      await route.fulfill({ status: 500, body: 'broken' });
    },
    { times: 1 },
  );
  await reply(page).fill('It comes at once.');
  await reply(page).press('Control+Enter');
  await expect(panel(page).getByRole('button', { name: failed })).toBeVisible();
  await expect(line(page)).toHaveText(saved);
  expect(await revisions(example.id)).toEqual([expect.any(String), 'It comes at once.']);
});

test('a session that was ended elsewhere: sign in over the page, nothing is lost', async ({
  page,
  context,
}) => {
  const example = take();
  const person = await addPerson(company, 'writer', 'Pia of Quay');
  await signIn(page, person);
  await open(page, example.number);
  const other = await browserOf(person, context);
  await other.goto('/account');
  await other.getByRole('button', { name: 'End all others' }).click();
  await expect(other.getByText('1 session ended.')).toBeVisible();

  await reply(page).fill('It comes on Thursday.');
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
  await expect(dialog).toBeVisible();
  await expect(reply(page)).toHaveValue('It comes on Thursday.');
  expect(await workingCopy(example.id, person)).toBeUndefined();
  expect(await textOnDevice(page, person)).toContain('It comes on Thursday.');
  await dialog.getByLabel('E-mail').fill(person.email);
  await dialog.getByLabel('Password', { exact: true }).fill(password);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await expect(dialog).toBeHidden();
  await expect(line(page)).toHaveText(saved);
  await expect(reply(page)).toHaveValue('It comes on Thursday.');
  expect(await workingCopy(example.id, person)).toBe('It comes on Thursday.');
  await other.context().close();
});

test('whoever signs in over the page of another person does not get their text', async ({
  page,
}) => {
  const example = take();
  await enter(page, company.writer);
  await open(page, example.number);
  await page.context().clearCookies();
  await reply(page).fill('Only mine.');
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
  await dialog.getByLabel('E-mail').fill(second.email);
  await dialog.getByLabel('Password', { exact: true }).fill(password);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await expect(dialog.getByText(/You signed in with another account/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Load the page anew' }).click();
  await expect(reply(page)).toHaveValue(/^On: /);
  await expect(page.getByText('Only mine.')).toBeHidden();
  expect(await workingCopy(example.id, second)).toBeUndefined();
  expect(await workingCopy(example.id, company.writer)).toBeUndefined();

  // The first person finds it again.
  await page.context().clearCookies();
  await enter(page, company.writer);
  await open(page, example.number);
  await expect(reply(page)).toHaveValue('Only mine.');
});

const choices = [
  { choice: 'Keep mine', stored: 'My words.' },
  { choice: 'Take theirs', stored: 'Their words.' },
  { choice: 'Merge by editing', stored: 'Their words and mine.' },
] as const;
for (const { choice, stored } of choices) {
  test(`somebody else saved first: both texts, and “${choice}”`, async ({ page, context }) => {
    const example = take();
    await enter(page, company.writer);
    await open(page, example.number);
    await reply(page).fill('My words.');
    await expect(line(page)).toHaveText(saved);

    const other = await browserOf(second, context);
    await open(other, example.number);
    await reply(other).fill('Their words.');
    await reply(other).press('Control+Enter');
    await expect(panel(other).getByRole('tab', { name: 'History (2)' })).toBeVisible();
    await other.context().close();

    await reply(page).press('Control+Enter');
    const dialog = page.getByRole('dialog', {
      name: `Olaf of Quay changed example ${example.number} first`,
    });
    await expect(dialog.getByRole('deletion').first()).toContainText('Their');
    await expect(dialog.getByRole('insertion').first()).toContainText('My');
    // Until a choice is made nothing is stored and nothing is lost.
    expect(await revisions(example.id)).toEqual([expect.any(String), 'Their words.']);
    expect(await textOnDevice(page, company.writer)).toContain('My words.');
    await dialog.getByRole('button', { name: choice }).click();
    if (choice === 'Merge by editing') {
      await expect(dialog.getByText('Their words.')).toBeVisible();
      await dialog.getByLabel('Your text').fill(stored);
      await dialog.getByRole('button', { name: 'Save the merged text' }).click();
    }
    await expect(dialog).toBeHidden();
    await expect(reply(page)).toHaveValue(stored);
    await expect(panel(page).getByRole('button', { name: failed })).toBeHidden();
    await expect.poll(async () => (await revisions(example.id)).at(-1)).toBe(stored);
    expect(await revisions(example.id)).toHaveLength(choice === 'Take theirs' ? 2 : 3);
    await expect.poll(() => textOnDevice(page, company.writer)).toBe('');
    await page.reload();
    await expect(reply(page)).toHaveValue(stored);
  });
}

for (const { choice, stored } of [
  { choice: 'Keep this one', stored: 'From the first window.' },
  { choice: 'Take the other one', stored: 'From the second window.' },
]) {
  test(`another window of one’s own: both texts, and “${choice}”`, async ({ page, context }) => {
    const example = take();
    await enter(page, company.writer);
    await open(page, example.number);
    const other = await context.newPage();
    await open(other, example.number);
    await reply(other).fill('From the second window.');
    await expect(line(other)).toHaveText(saved);
    await reply(page).fill('From the first window.');
    const dialog = page.getByRole('dialog', {
      name: 'You changed this example in another window',
    });
    await expect(dialog.getByRole('deletion').first()).toContainText('second');
    await expect(dialog.getByRole('insertion').first()).toContainText('first');
    expect(await workingCopy(example.id, company.writer)).toBe('From the second window.');
    await dialog.getByRole('button', { name: choice }).click();
    await expect(dialog).toBeHidden();
    await expect(reply(page)).toHaveValue(stored);
    await expect(line(page)).toHaveText(saved);
    expect(await workingCopy(example.id, company.writer)).toBe(stored);
  });
}

test('offline: kept and said, sent when the connection is back', async ({ page, context }) => {
  const example = take();
  await enter(page, company.writer);
  await open(page, example.number);
  await context.setOffline(true);
  await reply(page).fill('It comes on Friday.');
  await expect(page.getByText(/^You are offline\./)).toBeVisible();
  await expect(panel(page).getByRole('button', { name: failed })).toBeVisible();
  await expect(line(page)).toContainText('No connection.');
  await reply(page).fill('It comes on Friday, before noon.');
  await expect
    .poll(() => textOnDevice(page, company.writer))
    .toContain('It comes on Friday, before noon.');
  expect(await workingCopy(example.id, company.writer)).toBeUndefined();
  await context.setOffline(false);
  await expect(line(page)).toHaveText(saved);
  await expect(page.getByText(/^You are offline\./)).toBeHidden();
  expect(await workingCopy(example.id, company.writer)).toBe('It comes on Friday, before noon.');
});

test('a closed tab: text that never reached the server is offered back and sent', async ({
  page,
  context,
}) => {
  const example = take();
  await enter(page, company.writer);
  await open(page, example.number);
  await context.setOffline(true);
  await reply(page).fill('Typed before the tab was closed.');
  await expect(panel(page).getByRole('button', { name: failed })).toBeVisible();
  await page.close();
  await context.setOffline(false);
  expect(await workingCopy(example.id, company.writer)).toBeUndefined();

  const next = await context.newPage();
  await next.goto(listPath());
  await expect(next.getByText('1 example has text that is only on this device')).toBeVisible();
  await expect(async () => {
    await next.getByRole('button', { name: `No. ${example.number}` }).click();
    await expect(panel(next)).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(
    panel(next).getByText('Text from this device that was not saved is back'),
  ).toBeVisible();
  await expect(reply(next)).toHaveValue('Typed before the tab was closed.');
  await expect(line(next)).toHaveText(saved);
  expect(await workingCopy(example.id, company.writer)).toBe('Typed before the tab was closed.');
});

test('a tab that is closed right after the last key', async ({ page, context }) => {
  const example = take();
  await enter(page, company.writer);
  await open(page, example.number);
  await reply(page).fill('The last words.');
  await page.close();
  const next = await context.newPage();
  await next.goto(`${listPath()}?open=${example.number}`);
  await expect(reply(next)).toHaveValue('The last words.');
  await expect.poll(() => workingCopy(example.id, company.writer)).toBe('The last words.');
});

test('a reviewer who closes the tab right after the key has decided', async ({ page }) => {
  const example = take();
  const { slug: workspace, writer, reviewer } = company;
  const answer = await callAction(
    page.request,
    'bulkMoveAction',
    { workspace, datasetId, selection: { ids: [example.id] }, move: { kind: 'submit' } },
    { cookie: await cookieOf(writer) },
  );
  expect(answer).toMatchObject({ ok: true });
  await enter(page, reviewer);
  await page.goto(`/w/${workspace}/datasets/${datasetId}/review`);
  const heading = page.getByRole('heading', { level: 1, name: `Example ${example.number}` });
  await expect(heading).toBeVisible();
  await page.keyboard.press('a');
  await expect(heading).toBeHidden();
  await page.close();
  await expect
    .poll(() => sql('SELECT "status" FROM "Example" WHERE "id" = $1', [example.id]))
    .toEqual([{ status: 'approved' }]);
});

/** The web process of the installation, as its lock file names it. */
function webProcess(): number {
  const file = join(process.env.E2E_DATA_DIR ?? '', 'start.json');
  const { children } = JSON.parse(readFileSync(file, 'utf8')) as {
    children: Record<string, { pid: number } | undefined>;
  };
  return children.web?.pid ?? 0;
}

test('kill -9 of the web process while somebody types and while a revision is on its way', async ({
  page,
}) => {
  const example = take();
  await enter(page, company.writer);
  await open(page, example.number);
  await reply(page).fill('It comes');
  const first = webProcess();
  process.kill(first, 'SIGKILL');
  // Leaving the field sends at once, to nobody.
  await reply(page).blur();
  await expect(panel(page).getByRole('button', { name: failed })).toBeVisible();
  await reply(page).press('End');
  await reply(page).pressSequentially(' on Saturday.');
  await expect(line(page)).toHaveText(saved, { timeout: 60_000 });
  expect(webProcess()).not.toBe(first);
  expect(await workingCopy(example.id, company.writer)).toBe('It comes on Saturday.');

  const next = webProcess();
  process.kill(next, 'SIGKILL');
  await reply(page).press('Control+Enter');
  await expect(panel(page).getByRole('tab', { name: 'History (2)' })).toBeVisible({
    timeout: 60_000,
  });
  expect(webProcess()).not.toBe(next);
  expect((await revisions(example.id)).slice(1)).toEqual(['It comes on Saturday.']);
  await page.reload();
  await expect(reply(page)).toHaveValue('It comes on Saturday.');
});

test('the next person on the same browser is not offered the text', async ({ page, context }) => {
  const example = take();
  await enter(page, company.writer);
  await open(page, example.number);
  await context.setOffline(true);
  canary('a text that was never sent', 'A secret of the first person.');
  await reply(page).fill('A secret of the first person.');
  await expect(panel(page).getByRole('button', { name: failed })).toBeVisible();
  await context.clearCookies();
  await page.close();
  await context.setOffline(false);

  const next = await context.newPage();
  await enter(next, second);
  await open(next, example.number);
  await expect(reply(next)).toHaveValue(/^On: /);
  await next.goto(listPath());
  await expect(next.getByRole('grid')).toBeVisible();
  await expect(next.getByText(/only on this device/)).toBeHidden();
  expect(await next.content()).not.toContain('A secret of the first person.');
  expect(await textOnDevice(next, second)).toBe('');
});

test('signing out with unsaved text warns, and removes it from the device', async ({
  page,
  context,
}) => {
  const example = take();
  await enter(page, company.writer);
  await open(page, example.number);
  await context.route(autosave, (route) => route.abort());
  await reply(page).fill('Not worth keeping.');
  await expect(panel(page).getByRole('button', { name: failed })).toBeVisible();
  const signOut = async () => {
    await page.getByRole('button', { name: /^Your account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
  };
  await signOut();
  const warning = page.getByRole('alertdialog', { name: 'Sign out with unsaved text?' });
  await expect(warning).toContainText('One text is on this device only');
  await warning.getByRole('button', { name: 'Stay' }).click();
  await expect(reply(page)).toHaveValue('Not worth keeping.');
  expect(await textOnDevice(page, company.writer)).toContain('Not worth keeping.');

  await signOut();
  await warning.getByRole('button', { name: 'Sign out and remove' }).click();
  await page.waitForURL(/\/sign-in/);
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
  await expect.poll(() => textOnDevice(page, company.writer)).toBe('');
  // A last try that was under way when the page was left brings nothing back either.
  await context.unroute(autosave);
  await enter(page, company.writer);
  await open(page, example.number);
  await expect(reply(page)).toHaveValue(/^On: /);
  expect(await workingCopy(example.id, company.writer)).toBeUndefined();
});

test('signing out with nothing unsaved asks nothing', async ({ page }) => {
  await enter(page, company.writer);
  await page.goto(`/w/${company.slug}`);
  await expect(async () => {
    await page.getByRole('button', { name: /^Your account/ }).click();
    await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL(/\/sign-in/);
});

test('a new example: typed text survives an answer 500 and a closed tab', async ({
  page,
  context,
}) => {
  await enter(page, company.writer);
  await page.goto(listPath());
  const form = (one: Page) => one.getByRole('complementary', { name: 'New example' });
  await expect(async () => {
    await page.getByRole('button', { name: /^New example/ }).click();
    await expect(form(page)).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await form(page).getByLabel('Prompt').fill('May I pay later?');
  await form(page).getByLabel('Ideal reply').fill('Yes, within 30 days.');
  await expect(form(page).getByRole('status').last()).toHaveText(
    'Kept on this device until you create it.',
  );
  await page.route('**/examples', (route) => route.fulfill({ status: 500, body: 'broken' }), {
    times: 1,
  });
  await form(page).getByRole('button', { name: 'Create', exact: true }).click();
  await expect(form(page).getByRole('status').last()).not.toHaveText(
    'Kept on this device until you create it.',
  );
  await expect(form(page).getByLabel('Ideal reply')).toHaveValue('Yes, within 30 days.');
  await page.close();

  const next = await context.newPage();
  await next.goto(listPath());
  await expect(async () => {
    await next.getByRole('button', { name: /^New example/ }).click();
    await expect(form(next)).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(form(next).getByLabel('Prompt')).toHaveValue('May I pay later?');
  await expect(form(next).getByLabel('Ideal reply')).toHaveValue('Yes, within 30 days.');
  await form(next).getByRole('button', { name: 'Create', exact: true }).click();
  await expect(panel(next)).toBeVisible();
  await expect(reply(next)).toHaveValue('Yes, within 30 days.');
  // The list is drawn anew beside it.
  await expect(async () => {
    expect(await textOnDevice(next, company.writer)).toBe('');
  }).toPass();
});
