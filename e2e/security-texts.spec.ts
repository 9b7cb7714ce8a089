import { expect, type Page } from '@playwright/test';
import { pageAddresses, pageFiles } from './addresses';
import { dissolveCompanies, enter } from './company';
import { type Filled, fillWith } from './fill-company';
import { watchTrouble } from './fixtures';
import { hostileTexts } from './hostile-texts';
import { test } from './test';

/**
 * Hostile texts in every text field and file name, then every page in a real browser: nothing
 * runs, nothing is refused by the policy (so nothing got that far), nothing becomes an element.
 */
let company: Filled;
test.setTimeout(300_000);
test.beforeAll(async ({ playwright }) => {
  test.setTimeout(300_000);
  const request = await playwright.request.newContext();
  company = await fillWith(request, 'Hostile', hostileTexts);
  await request.dispose();
});
test.afterAll(dissolveCompanies);

/** Elements and addresses that only a text of ours could have made. */
const strays = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = [];
    for (const element of document.querySelectorAll('*')) {
      for (const { name, value } of element.attributes) {
        if (/^on/i.test(name)) found.push(`${element.tagName} ${name}=${value}`);
        if (/^(href|src|action|formaction|data|xlink:href)$/i.test(name)) {
          // React's own mark of a form that a script submits.
          if (value.startsWith('javascript:throw new Error(')) continue;
          if (/^\s*(javascript|data:text|vbscript)/i.test(value))
            found.push(`${element.tagName} ${name}=${value}`);
        }
      }
      if (/^(IFRAME|OBJECT|EMBED|MARQUEE|MATH|BASE|VIDEO)$/i.test(element.tagName))
        found.push(element.outerHTML.slice(0, 200));
      if (element instanceof HTMLImageElement && element.getAttribute('src') === 'x')
        found.push(element.outerHTML.slice(0, 200));
    }
    return found;
  });

/** Opens what a page shows only on demand: tabs, menus, dialogs that hold texts. */
async function openAll(page: Page): Promise<void> {
  for (const tab of await page.getByRole('tab').all())
    if ((await tab.isVisible()) && (await tab.isEnabled())) await tab.click();
  const answers = page.getByRole('button', { name: 'Open the answers' }).first();
  if (await answers.isVisible()) await answers.click();
  const switcher = page.getByRole('button', { name: /^Switch workspace/ }).first();
  if (await switcher.isVisible()) {
    await switcher.click();
    await page.keyboard.press('Escape');
  }
}

for (const role of ['admin', 'reviewer', 'writer'] as const)
  test(`no text runs on any page: ${role}`, async ({ page }) => {
    const trouble = await watchTrouble(page.context(), {
      // A page that this role may not see answers 404, a quote without a trainer 503.
      expected: (text, url) =>
        (/status of 404/.test(text) && /\/(w|workspaces|reset|link|setup)\b/.test(url)) ||
        (/status of 503/.test(text) && /\/quotes$/.test(url)),
    });
    await enter(page, company[role]);
    const addresses = pageAddresses(company);
    expect(Object.keys(addresses).sort()).toEqual(pageFiles());
    let shown = '';
    for (const path of Object.values(addresses).flat()) {
      await page.goto(path, { waitUntil: 'load' });
      await expect(page.getByRole('heading').first()).toBeVisible();
      // What a page fetches once it is shown has come, such as a ballot.
      await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
      if (path.endsWith('/vote') && role === 'reviewer')
        for (const name of ['Answer A', 'Answer B'])
          await expect(page.getByRole('region', { name })).toContainText('<script>window.__xss=1');
      await openAll(page);
      expect.soft(await strays(page), path).toEqual([]);
      expect.soft(await trouble.take(page), path).toEqual([]);
      expect.soft(await page.title(), path).not.toBe('');
      shown += await page.content();
    }
    // The texts were there, as texts.
    for (const text of [
      '&lt;script&gt;window.__xss=1',
      '&lt;iframe srcdoc=',
      'javascript:window.__xss=32',
    ])
      expect.soft(shown, text).toContain(text);
  });
