// Requests that no page of the app sends: by hand, from elsewhere, with an old cookie, in the wrong hands.
import type { APIRequestContext } from '@playwright/test';
import { encodeArguments, origin, resultIn, sql } from './company';
import { test } from './test';
import { type TwoCompanies, twoCompanies } from './two-companies';

/** Fills the company that sends them and the one that it is not to reach; no tries are counted yet. */
export function oursAndTheirs(onReady: (companies: TwoCompanies) => void): void {
  twoCompanies({ ours: 'our walrus', theirs: 'their canary' }, onReady);
  test.beforeAll(() => sql('DELETE FROM "RateLimit"'));
}

/** Posts an action by hand, on any page. */
export async function post(
  request: APIRequestContext,
  id: string,
  input: unknown,
  { path = '/sign-in', headers = {} }: { path?: string; headers?: Record<string, string> } = {},
) {
  const response = await request.post(origin() + path, {
    headers: {
      origin: origin(),
      accept: 'text/x-component',
      'content-type': 'text/plain;charset=UTF-8',
      'next-action': id,
      ...headers,
    },
    data: encodeArguments(input),
    maxRedirects: 0,
  });
  const text = await response.text();
  return { status: response.status(), text, result: resultIn(text) };
}

/** Of SQL, of the libraries, of folders, of a stack. */
export const inside =
  /permission denied|relation \\?"|\bSELECT\b .*\bFROM\b|PrismaClient|node_modules|\/work\/|\/lib\/[a-z]|\.(ts|js|mjs):\d+|\n\s+at \S+ \(|ECONNREFUSED|apprentice_(app|owner)|127\.0\.0\.1:\d{4,5}\/apprentice/;
