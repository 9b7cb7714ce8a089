// What every page must bear, in each theme and at each width.
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { root } from '../../bin/start/paths.mjs';
import { isLong } from '../../tests/form';
import { inEachPopup, openLayer } from './popups';

const widths = [1280, 640, 360] as const;
const themes = ['light', 'dark'] as const;
type Look = { theme: (typeof themes)[number]; width: number };

/** How a page is looked at; the short form takes the two that differ most. */
export const looks: Look[] = isLong
  ? widths.flatMap((width) => themes.map((theme) => ({ theme, width })))
  : [
      { theme: 'light', width: 1280 },
      { theme: 'dark', width: 360 },
    ];
const HEIGHT = 800;

/**
 * Rules that are off until asked for. Two of them stay out: the stricter contrast of AAA, where AA is
 * our bar, and one on trial that knows neither a splitter nor the headers of a grid as controls.
 */
const offByDefault = [
  'target-size',
  'css-orientation-lock',
  'label-content-name-mismatch',
  'p-as-heading',
  'table-fake-caption',
  'td-has-header',
  'identical-links-same-purpose',
  'meta-refresh-no-exceptions',
  'no-autoplay-audio',
];
/** Every rule of axe that reads a colour. */
const ofColours = ['color-contrast', 'link-in-text-block'];
const rules = Object.fromEntries(offByDefault.map((rule) => [rule, { enabled: true }]));

/** One look at a page, or at a part of it. */
type Place = Look & { part?: string };

/**
 * What axe finds on the page, or on a part of it, as it stands: one line an element. The dark theme
 * differs in its colours alone, so the rules about colours are asked again there.
 */
async function axeFaults(page: Page, { theme, part }: Place): Promise<string[]> {
  const isThere = await page.evaluate(() => 'axe' in window);
  const builder = new AxeBuilder({ page, ...(isThere ? { axeSource: 'void 0' } : {}) });
  if (part) builder.include(part);
  const { violations } = await builder
    .setLegacyMode()
    .options({
      resultTypes: ['violations'],
      ...(theme === 'dark' ? { runOnly: { type: 'rule', values: ofColours } } : { rules }),
    })
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => {
      const why = node.failureSummary?.split('\n').slice(1, 3).join(' ').trim() ?? '';
      return `${id}: ${node.html.slice(0, 160)} · ${why.slice(0, 220)}`;
    }),
  );
}

/** Whether the document can be scrolled sideways, and what sticks out. */
const overflow = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
      .slice(-1)
      .map((element) => element.outerHTML.slice(0, 120));
    return [`scrolls sideways, ${scrollWidth} in ${clientWidth} px: ${wide.join()}`];
  });

/** Two frames: what depends on the width has been drawn. */
const drawn = (page: Page): Promise<void> =>
  page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
  );

/** How much of a page a picture shows: all of it, unless it is a long list. */
const shownHeight = (page: Page): Promise<number> =>
  page.evaluate((most) => Math.min(document.documentElement.scrollHeight, most), 3 * HEIGHT);

/** What is wrong, and in which looks. */
type Faults = Map<string, string[]>;

/** One look, in one theme: notes what is wrong and keeps a picture. */
async function lookOnce(page: Page, name: string, place: Place, faults: Faults): Promise<void> {
  const { theme, width } = place;
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  await drawn(page);
  for (const fault of [...(await overflow(page)), ...(await axeFaults(page, place))])
    faults.set(fault, [...(faults.get(fault) ?? []), `${theme} ${width}`]);
  await page.screenshot({
    path: join(root, `.screenshots/pages/${theme}-${width}/${name}.png`),
    fullPage: true,
    clip: { x: 0, y: 0, width, height: await shownHeight(page) },
    animations: 'disabled',
  });
}

const told = (name: string, faults: Faults): string[] =>
  [...faults].map(([fault, places]) => `${name} (${places.join(', ')}): ${fault}`);

/** Takes every look at a loaded page, keeps a picture of each, and tells every fault. */
export async function look(page: Page, name: string): Promise<string[]> {
  const faults: Faults = new Map();
  for (const place of looks) {
    await page.setViewportSize({ width: place.width, height: HEIGHT });
    await lookOnce(page, name, place, faults);
  }
  await page.setViewportSize({ width: widths[0], height: HEIGHT });
  return told(name, faults);
}

/** Looks at every menu, list and dialog that a part of the page opens, in both themes. */
export const lookIntoPopups = (page: Page, part: string, name: string): Promise<string[]> =>
  inEachPopup(page, part, async (index) => {
    const faults: Faults = new Map();
    const popup = `${name}-popup-${index}`;
    const place = { width: widths[0], part: openLayer };
    for (const theme of themes) await lookOnce(page, popup, { ...place, theme }, faults);
    return told(popup, faults);
  });
