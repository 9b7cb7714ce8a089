import { expect, type Locator, type Page } from '@playwright/test';
import { signIn, test } from './pages/ground';
import { spreadsheet } from './pages/scene/texts';

/** The first half of the street without a mouse: import, edit, submit, review, release. */
test.describe.configure({ timeout: 300_000 });

const MOST_STOPS = 120;

/** Presses Tab until a control has the focus, as somebody does who has no pointer. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  await expect(control).toBeVisible();
  const isFocused = () => control.evaluate((element) => element === document.activeElement);
  for (let presses = 0; presses < MOST_STOPS; presses += 1) {
    if (await isFocused()) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${MOST_STOPS} presses of Tab did not reach ${control}.`);
}

async function press(page: Page, control: Locator): Promise<void> {
  await tabTo(page, control);
  await page.keyboard.press('Enter');
}

const goTo = (page: Page, name: RegExp) =>
  press(
    page,
    page.getByRole('navigation', { name: 'Main navigation' }).getByRole('link', { name }).first(),
  );

async function importByKeyboard(page: Page): Promise<void> {
  await goTo(page, /^Import/);
  const chooser = page.waitForEvent('filechooser');
  await press(page, page.getByRole('button', { name: 'Choose a file' }));
  const file = { name: 'counter.csv', mimeType: 'text/csv', buffer: Buffer.from(spreadsheet) };
  await (await chooser).setFiles(file);
  await press(page, page.getByRole('button', { name: 'Check the file' }));
  await press(page, page.getByRole('button', { name: 'Import 14 examples' }));
  await expect(page.getByText('14 examples imported').first()).toBeVisible();
}

/** Changes the reply of the first row in its cell. */
async function editByKeyboard(page: Page): Promise<void> {
  await goTo(page, /^Examples/);
  const grid = page.getByRole('grid');
  await expect(grid.getByRole('row')).toHaveCount(15);
  await tabTo(page, grid.locator('[tabindex="0"]').first());
  const editor = grid.getByRole('textbox', { name: /^Ideal reply of example/ });
  const cell = page.locator('[data-grid-cell]:focus');
  for (let column = 0; (await cell.getAttribute('data-column-id')) !== 'reply'; column += 1) {
    expect(column).toBeLessThan(12);
    await page.keyboard.press('ArrowRight');
  }
  await page.keyboard.press('Enter');
  await expect(editor).toBeFocused();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' Come and look.');
  await page.keyboard.press('Control+Enter');
  await expect(grid.getByText('Come and look.')).toBeVisible();
}

async function submitByKeyboard(page: Page): Promise<void> {
  await page.keyboard.press('Control+a');
  await press(page, page.getByRole('button', { name: 'Submit for review' }));
  await expect(page.getByRole('grid').getByText('In review')).toHaveCount(14);
}

async function reviewByKeyboard(page: Page): Promise<void> {
  await goTo(page, /^Review/);
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toHaveText(/^Example \d+$/);
  const empty = page.getByText('Nothing waits for you');
  for (let decided = 0; decided < 14; decided += 1) {
    const now = (await heading.textContent()) ?? '';
    await page.keyboard.press('a');
    const next = page.getByRole('heading', {
      level: 1,
      name: new RegExp(`^(?!${now}$)Example`),
    });
    await expect(next.or(empty).first()).toBeVisible();
  }
  await expect(empty).toBeVisible();
  await goTo(page, /^Brief/);
  await press(page, page.getByRole('button', { name: 'Approve version 1' }));
  await press(page, page.getByRole('alertdialog').getByRole('button', { name: /^Approve/ }));
  await expect(page.getByText('Version 1 is approved.')).toBeVisible();
}

async function releaseByKeyboard(page: Page): Promise<void> {
  await goTo(page, /^Releases/);
  await press(page, page.getByRole('link', { name: 'See what would go in' }));
  await press(page, page.getByRole('button', { name: 'Freeze release 1' }));
  await expect(page.getByRole('heading', { name: 'Training files' })).toBeVisible({
    timeout: 60_000,
  });
}

test('the street can be walked by keyboard alone, from a spreadsheet to a release', async ({
  browser,
  ground,
}) => {
  const scene = await ground.scene('plain');
  const openAs = async (name: 'writer' | 'reviewer' | 'admin') => {
    const context = await browser.newContext({ baseURL: ground.url });
    await signIn(context, ground, scene, name);
    const page = await context.newPage();
    await page.goto(`${scene.empty.dataset}/examples`);
    return page;
  };
  const writer = await openAs('writer');
  await test.step('the writer imports', () => importByKeyboard(writer));
  await test.step('the writer edits a cell', () => editByKeyboard(writer));
  await test.step('the writer submits everything', () => submitByKeyboard(writer));
  const reviewer = await openAs('reviewer');
  await test.step('the reviewer decides and approves the brief', () => reviewByKeyboard(reviewer));
  const admin = await openAs('admin');
  await test.step('the admin freezes a release', () => releaseByKeyboard(admin));
});
