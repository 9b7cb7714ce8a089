import { expect, type Page } from '@playwright/test';

/** What is open above the page. */
const roles = ['dialog', 'alertdialog', 'menu', 'listbox'];
export const openLayer = roles
  .flatMap((role) => [`[role=${role}][data-open]`, `[data-open] [role=${role}]`])
  .join(', ');

/** The whole page, frame and all; keys open what has no button of its own there. */
export const wholePage = 'body';
const keys = ['Control+k', '?'];

/**
 * Opens every menu, list and dialog that a part of the page offers, one after the other, and lets
 * `then` look while it is open. Rows of a table have the same menu each: one of them is opened.
 */
export async function inEachPopup(
  page: Page,
  part: string,
  then: (index: number) => Promise<string[]>,
): Promise<string[]> {
  const found: string[] = [];
  let index = 0;
  const inPopup = async (open: () => Promise<void>) => {
    const layer = page.locator(openLayer);
    // Before the page listens, a click does nothing.
    await expect(async () => {
      await open();
      await expect(layer.first()).toBeVisible({ timeout: 2_000 });
    }).toPass({ timeout: 15_000 });
    index += 1;
    found.push(...(await then(index)));
    await page.keyboard.press('Escape');
    await expect(layer).toHaveCount(0);
  };
  const kinds = new Set<string>();
  for (const opener of await page.locator(`${part} [aria-haspopup]:visible`).all()) {
    const kind = (await opener.getAttribute('class')) ?? '';
    if (kinds.has(kind) || !(await opener.isEnabled())) continue;
    kinds.add(kind);
    await inPopup(() => opener.click());
  }
  if (part === wholePage) for (const key of keys) await inPopup(() => page.keyboard.press(key));
  return found;
}
