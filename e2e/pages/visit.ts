import { type Browser, type BrowserContext, expect, type Page } from '@playwright/test';
import { watchTrouble } from '../fixtures';
import { type Ground, signIn } from './ground';
import { inEachPopup, wholePage } from './popups';
import type { Scene } from './scene/scene';
import { table } from './table';
import { adminLink, type Row, type State, states, type Visit } from './table/row';
import { pseudoLocale, untranslated } from './words';

export type NamedVisit = Visit & { route: string; state: State; name: string };

const asList = (visits: Row[State]): Visit[] => (Array.isArray(visits) ? visits : [visits]);

/** A name for files: `people-filled`. */
function nameOf(route: string, state: State, variant?: string): string {
  const place = route.replace(/^\/(w\/\[workspace\]\/?)?/, '').replace(/[[\]]/g, '') || 'home';
  return [place.replaceAll('/', '-'), state, variant].filter(Boolean).join('-');
}

/** Every visit of the table. */
export const visits: NamedVisit[] = Object.entries(table).flatMap(([route, row]) =>
  states.flatMap((state) =>
    asList(row[state]).map((visit) => ({
      ...visit,
      route,
      state,
      name: route === '/' ? `start-${state}` : nameOf(route, state, visit.variant),
    })),
  ),
);

/**
 * A failing page says so on the console too: its status, and that its server part failed, which the
 * build shortens to React's errors 441 and 419.
 */
const saysItFailed = (text: string) =>
  /responded with a status of (4\d\d|500)/.test(text) ||
  /Server Components render/.test(text) ||
  /Minified React error #(441|419);/.test(text);

/** A browser's context for a visit, signed in as whoever looks. */
export async function openContext(
  browser: Browser,
  ground: Ground,
  visit: NamedVisit,
  scene: Scene | null,
): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: ground.url });
  if (scene && visit.as) await signIn(context, ground, scene, visit.as);
  return context;
}

export function addressOf(visit: NamedVisit, ground: Ground, scene: Scene | null): string {
  if (visit.path === adminLink) return ground.adminLink;
  if (typeof visit.path === 'string') return visit.path;
  if (!scene) throw new Error(`${visit.name} needs the scene.`);
  return visit.path(scene);
}

/**
 * Makes visits, two at a time, as two cores bear it; those that change something on the machine come
 * last and alone. Tells every fault.
 */
export async function eachVisit(
  those: readonly NamedVisit[],
  work: (visit: NamedVisit) => Promise<string[]>,
): Promise<string[]> {
  const faults: string[] = [];
  const queue = those.filter(({ given }) => !given);
  const goOn = async () => {
    for (let visit = queue.shift(); visit; visit = queue.shift())
      faults.push(...(await work(visit)));
  };
  await Promise.all([goOn(), goOn()]);
  for (const visit of those.filter(({ given }) => given)) faults.push(...(await work(visit)));
  return faults;
}

/** Waits until what loads has loaded. */
export async function settle(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}

/** Goes to a page in its state, lets `then` look, and hands on every trouble that the browser had. */
export async function visitPage(
  browser: Browser,
  ground: Ground,
  visit: NamedVisit,
  then: (page: Page) => Promise<string[]>,
): Promise<string[]> {
  const scene = visit.first ? null : await ground.scene('plain');
  const restore = visit.given?.(ground);
  const context = await openContext(browser, ground, visit, scene);
  try {
    const trouble = await watchTrouble(context, {
      expected: (text) => visit.state !== 'filled' && saysItFailed(text),
    });
    const page = await context.newPage();
    await page.goto(addressOf(visit, ground, scene));
    if (visit.leadsTo) {
      await expect(page).toHaveURL(visit.leadsTo);
      return [];
    }
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(visit.heading);
    await visit.reach?.(page);
    await settle(page);
    const faults = await then(page);
    const troubles = await trouble.take(page);
    return [...faults, ...troubles.map(({ kind, text }) => `${visit.name} ${kind}: ${text}`)];
  } catch (error) {
    return [`${visit.name}: ${String(error).slice(0, 800)}`];
  } finally {
    await context.close();
    restore?.();
  }
}

/** Whether the menus and dialogs of a page are opened at this visit. */
export const opensMenus = ({ state, sameMenus }: NamedVisit): boolean =>
  state === 'filled' && !sameMenus;

/** Where the popups of a visit are looked for: those of the frame once, on the home page. */
export const partOf = ({ name }: NamedVisit): string =>
  name === 'home-filled' ? wholePage : 'main';

/** Reads a page in the pseudo-locale, where every translated text can be told from the others. */
export async function readPage(
  browser: Browser,
  ground: Ground,
  visit: NamedVisit,
): Promise<string[]> {
  const scene = visit.first ? null : await ground.scene('capitals');
  const restore = visit.given?.(ground);
  const context = await openContext(browser, ground, visit, scene);
  try {
    await context.addCookies([{ ...pseudoLocale, url: ground.url }]);
    const page = await context.newPage();
    await page.goto(addressOf(visit, ground, scene));
    await settle(page);
    const texts = await untranslated(page);
    if (opensMenus(visit))
      texts.push(...(await inEachPopup(page, partOf(visit), () => untranslated(page))));
    return [...new Set(texts)].map((text) => `${visit.name}: ${text}`);
  } catch (error) {
    return [`${visit.name}: ${String(error).slice(0, 800)}`];
  } finally {
    await context.close();
    restore?.();
  }
}
