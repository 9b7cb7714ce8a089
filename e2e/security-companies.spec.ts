import { expect } from '@playwright/test';
import { pageAddresses, readAddresses } from './addresses';
import { getPlain, origin } from './company';
import { fingerprint } from './fingerprint';
import { oursAndTheirs } from './requests-by-hand';
import { test } from './test';
import type { TwoCompanies } from './two-companies';

let ours: TwoCompanies['ours'];
let theirs: TwoCompanies['theirs'];
let request: TwoCompanies['request'];

oursAndTheirs((companies) => {
  ({ request, ours, theirs } = companies);
});

test.describe('another company', () => {
  /** What differs between two answers that say the same: nonces, ids, times. */
  const plain = (text: string) =>
    text
      .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
      .replace(/nonce[-="\\:$]+[\w+/=]+/g, 'NONCE')
      .replaceAll(theirs.slug, 'PLACE')
      .replaceAll('no-such-place', 'PLACE');

  test('does not exist: its pages, its data, its downloads', async () => {
    const paths = [...Object.values(pageAddresses(theirs)).flat(), ...readAddresses(theirs)].filter(
      (path) => !/^\/(invite|reset|link|setup|sign-in|account|workspaces)\b|^\/$/.test(path),
    );
    expect(paths.length).toBeGreaterThan(35);
    const nobodys = (path: string) =>
      path
        .replaceAll(theirs.slug, 'no-such-place')
        .replace(
          /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g,
          '00000000-0000-7000-8000-000000000000',
        );
    for (const headers of [{}, { rsc: '1' }] as Record<string, string>[]) {
      for (const path of paths) {
        if (path.startsWith('/api/') && headers.rsc) continue;
        const get = (address: string) =>
          getPlain(request, address, { ...headers, cookie: ours.cookies.admin });
        const [answer, nobody] = [await get(path), await get(nobodys(path))];
        const what = `${path} ${JSON.stringify(headers)}`;
        expect.soft(answer.status(), what).toBe(nobody.status());
        if (!headers.rsc) expect.soft(answer.status(), what).toBe(404);
        const text = await answer.text();
        expect.soft(text, what).not.toMatch(/their canary/);
        if (path.startsWith('/api/'))
          expect.soft(plain(text), what).toBe(plain(await nobody.text()));
      }
    }
  });

  test('is not reached by ids of it in our own addresses', async () => {
    const before = await fingerprint();
    let reached = 0;
    for (const path of [
      ...Object.values(pageAddresses(theirs)).flat(),
      ...readAddresses(theirs),
    ].filter((one) => one.includes(theirs.slug))) {
      const mixed = path.replace(theirs.slug, ours.slug);
      // An address without an id names a page of our own company.
      if (!/[0-9a-f]{8}-[0-9a-f]{4}-/.test(mixed)) continue;
      reached += 1;
      const response = await request.get(origin() + mixed, {
        headers: { cookie: ours.cookies.admin },
        maxRedirects: 0,
      });
      expect.soft(await response.text(), mixed).not.toMatch(/their canary/);
      // A reviewer's own decisions in a dataset that is not there are none.
      if (mixed.endsWith('/review/decisions')) continue;
      expect.soft(response.status(), mixed).toBe(404);
    }
    expect(reached).toBeGreaterThan(25);
    expect(await fingerprint()).toEqual(before);
  });
});
