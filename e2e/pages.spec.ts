import { expect, type Page } from '@playwright/test';
import { keepFigures } from '../tests/figures';
import { isLong } from '../tests/form';
import { test } from './pages/ground';
import { walkByTab } from './pages/keys';
import { look, lookIntoPopups, looks } from './pages/look';
import { pagesOfApp } from './pages/routes';
import { table } from './pages/table';
import {
  eachVisit,
  type NamedVisit,
  opensMenus,
  partOf,
  readPage,
  visitPage,
  visits,
} from './pages/visit';

// In this order, and in one file: what can only be seen before the first admin is seen first.
test.describe.configure({ timeout: 900_000 });

const pages = visits.filter(({ leadsTo }) => !leadsTo);
const beforeAdmin = pages.filter(({ first }) => first);
const afterwards = visits.filter(({ first }) => !first);
/** Some twenty minutes in all its states; the short form takes every page as it is with content. */
const lookedAt = isLong ? afterwards : afterwards.filter(({ state }) => state === 'filled');
const seconds = (since: number) => Math.round((performance.now() - since) / 1_000);

/** Everything that is looked at on one page. */
const lookAt = (visit: NamedVisit) => async (page: Page) => [
  ...(await look(page, visit.name)),
  ...(isLong && opensMenus(visit) ? await lookIntoPopups(page, partOf(visit), visit.name) : []),
];

test('every page of app/ has its row in the table, and every row its page', () => {
  expect(Object.keys(table).sort()).toEqual(pagesOfApp());
});

test('every page is fit to be looked at and translated before there is an admin', async ({
  browser,
  ground,
}) => {
  const seen = await eachVisit(beforeAdmin, (visit) =>
    visitPage(browser, ground, visit, lookAt(visit)),
  );
  const read = await eachVisit(beforeAdmin, (visit) => readPage(browser, ground, visit));
  expect([...seen, ...read]).toEqual([]);
});

test('every page is fit to be looked at, whatever stands on it', async ({ browser, ground }) => {
  const began = performance.now();
  const faults = await eachVisit(lookedAt, (visit) =>
    visitPage(browser, ground, visit, lookAt(visit)),
  );
  keepFigures('pages-looked-at', {
    looks: lookedAt.filter(({ leadsTo }) => !leadsTo).length * looks.length,
    pages: Object.keys(table).length,
    seconds: seconds(began),
  });
  expect(faults).toEqual([]);
});

if (isLong) {
  test('the keyboard reaches every control of every page and leaves it again', async ({
    browser,
    ground,
  }) => {
    const began = performance.now();
    const filled = pages.filter(({ state, first }) => state === 'filled' && !first);
    const walk = (width: number) => (visit: NamedVisit) =>
      visitPage(browser, ground, visit, async (page) => {
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ reducedMotion: 'reduce' });
        return (await walkByTab(page)).map((fault) => `${visit.name} ${width}: ${fault}`);
      });
    const faults = [
      ...(await eachVisit(filled, walk(1280))),
      ...(await eachVisit(filled, walk(360))),
    ];
    keepFigures('pages-by-keyboard', { seconds: seconds(began) });
    expect(faults).toEqual([]);
  });

  test('no page holds a text that cannot be translated', async ({ browser, ground }) => {
    const began = performance.now();
    const known = pages.filter(({ first }) => !first);
    const faults = await eachVisit(known, (visit) => readPage(browser, ground, visit));
    keepFigures('pages-in-pseudo-locale', { seconds: seconds(began) });
    expect(faults).toEqual([]);
  });
}
