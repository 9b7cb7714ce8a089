import type { APIRequestContext } from '@playwright/test';
import { dissolveCompanies, restoreCompanies } from './company';
import { type Filled, fillWith } from './fill-company';
import { test } from './test';

export type TwoCompanies = { request: APIRequestContext; ours: Filled; theirs: Filled };
type Texts = { ours: string; theirs: string };

const FILL_MS = 240_000;

/** To fill them takes long: files with the same texts that run in one process share them. */
const filled = new Map<string, Omit<TwoCompanies, 'request'>>();

async function fillOnce(request: APIRequestContext, text: Texts) {
  const key = JSON.stringify(text);
  const known = filled.get(key);
  if (known) {
    await restoreCompanies([known.ours, known.theirs]);
    return known;
  }
  const texts = (name: string) => Array.from({ length: 18 }, (_, n) => `${name} number ${n}`);
  const ours = await fillWith(request, 'Ours', texts(text.ours));
  const theirs = await fillWith(request, 'Theirs', texts(text.theirs));
  filled.set(key, { ours, theirs });
  return { ours, theirs };
}

/**
 * Fills two companies before the tests of a file, each with texts of its own, hands them to
 * `onReady`, and dissolves them after the last.
 */
export function twoCompanies(text: Texts, onReady: (companies: TwoCompanies) => void): void {
  let request: APIRequestContext;
  test.setTimeout(FILL_MS);
  test.beforeAll(async ({ playwright }) => {
    test.setTimeout(FILL_MS);
    request = await playwright.request.newContext();
    onReady({ request, ...(await fillOnce(request, text)) });
  });
  test.afterAll(async () => {
    await request.dispose();
    await dissolveCompanies();
  });
}
