import type { APIRequestContext } from '@playwright/test';
import { dissolveCompanies } from './company';
import { type Filled, fillWith } from './fill-company';
import { test } from './test';

export type TwoCompanies = { request: APIRequestContext; ours: Filled; theirs: Filled };

const FILL_MS = 240_000;

/**
 * Fills two companies before the tests of a file, each with texts of its own, hands them to
 * `onReady`, and dissolves them after the last.
 */
export function twoCompanies(
  text: { ours: string; theirs: string },
  onReady: (companies: TwoCompanies) => void,
): void {
  const texts = (name: string) => Array.from({ length: 18 }, (_, n) => `${name} number ${n}`);
  let request: APIRequestContext;
  test.setTimeout(FILL_MS);
  test.beforeAll(async ({ playwright }) => {
    test.setTimeout(FILL_MS);
    request = await playwright.request.newContext();
    const ours = await fillWith(request, 'Ours', texts(text.ours));
    const theirs = await fillWith(request, 'Theirs', texts(text.theirs));
    onReady({ request, ours, theirs });
  });
  test.afterAll(async () => {
    await request.dispose();
    await dissolveCompanies();
  });
}
