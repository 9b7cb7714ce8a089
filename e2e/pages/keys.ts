// Walks a page with the Tab key alone.
import type { Page } from '@playwright/test';

type Stop = {
  /** Nothing new is reached any more. */
  isEnd: boolean;
  /** The walk came back to a control that is not the first one. */
  isTrap: boolean;
  name: string;
  isRingSeen: boolean;
  isCovered: boolean;
};

type Walk = {
  order: Element[];
  before: Map<Element, string>;
  lookOf(element: Element): string;
  nameOf(element: Element): string;
};
declare global {
  interface Window {
    __walk?: Walk;
  }
}

/** Remembers how every control looks while it has no focus, and says how many there are. */
const prepare = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const lookOf = (element: Element) =>
      [element, element.parentElement, element.parentElement?.parentElement]
        .filter((one) => one instanceof Element)
        .map((one) => {
          const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(one);
          const ring = outlineStyle === 'none' ? 'none' : `${outlineWidth} ${outlineColor}`;
          return `${ring} ${boxShadow}`;
        })
        .join('|');
    const nameOf = (element: Element) => {
      const name = element.getAttribute('aria-label') ?? element.textContent ?? '';
      return `<${element.localName}> ${(name.trim() || element.outerHTML).slice(0, 80)}`;
    };
    const canTab = (element: Element) =>
      element instanceof HTMLElement &&
      element.tabIndex >= 0 &&
      !element.matches(':disabled, [inert] *, input[type=hidden]') &&
      element.checkVisibility({ visibilityProperty: true }) &&
      element.getClientRects().length > 0;
    const candidates = 'a[href], button, input, select, textarea, summary, [tabindex]';
    const controls = [...document.querySelectorAll(candidates)].filter(canTab);
    const before = new Map(controls.map((control) => [control, lookOf(control)]));
    window.__walk = { order: [], before, lookOf, nameOf };
    // What had the focus and is gone leaves the place from which Tab goes on: the very beginning.
    const start = document.createElement('span');
    start.tabIndex = -1;
    document.body.prepend(start);
    start.focus();
    start.remove();
    return controls.length;
  });

/** What the last press of Tab brought. */
const readStop = (page: Page): Promise<Stop> =>
  page.evaluate(() => {
    const walk = window.__walk;
    const element = document.activeElement;
    const end = { isEnd: true, isTrap: false, name: '', isRingSeen: true, isCovered: false };
    if (!walk || !element || element === document.body) return end;
    const name = walk.nameOf(element);
    const again = walk.order.indexOf(element);
    if (again >= 0) return { ...end, name, isTrap: again > 0 };
    walk.order.push(element);
    const box = element.getBoundingClientRect();
    const x = Math.min(Math.max(box.x + box.width / 2, 0), innerWidth - 1);
    const top = Math.max(box.top, 0);
    const y = Math.min((top + Math.min(box.bottom, innerHeight)) / 2, innerHeight - 1);
    const hit = document.elementFromPoint(x, y);
    const isOwn = hit !== null && (element.contains(hit) || hit.contains(element));
    const isLabel = hit?.closest('label')?.contains(element) ?? false;
    const isOutside = box.bottom <= 0 || box.top >= innerHeight;
    return {
      isEnd: false,
      isTrap: false,
      name,
      isRingSeen: walk.lookOf(element) !== (walk.before.get(element) ?? 'none'),
      isCovered: isOutside || !(isOwn || isLabel),
    };
  });

/** Controls that Tab never came to. One radio of a group stands for all of them. */
const leftOut = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const walk = window.__walk;
    if (!walk) return ['the walk was lost'];
    const groupOf = (one: Element) =>
      one instanceof HTMLInputElement && one.type === 'radio' ? `radio ${one.name}` : one;
    const reached = new Set<unknown>(walk.order.map(groupOf));
    return [...walk.before.keys()]
      .filter((control) => control.isConnected && !reached.has(groupOf(control)))
      .map(walk.nameOf);
  });

/** Presses Tab through the whole page: every control is reached, seen and left again. */
export async function walkByTab(page: Page): Promise<string[]> {
  const count = await prepare(page);
  const faults: string[] = [];
  for (let presses = 0; ; presses += 1) {
    if (presses > count + 50) return [...faults, 'Tab never comes to an end'];
    await page.keyboard.press('Tab');
    const stop = await readStop(page);
    if (stop.isTrap) faults.push(`Tab goes in a circle at ${stop.name}`);
    if (stop.isEnd) break;
    if (!stop.isRingSeen) faults.push(`focus is not seen on ${stop.name}`);
    if (stop.isCovered) faults.push(`focus is covered on ${stop.name}`);
  }
  const missed = await leftOut(page);
  return [...faults, ...missed.map((name) => `Tab does not reach ${name}`)];
}
