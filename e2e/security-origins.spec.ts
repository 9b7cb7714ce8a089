import { createServer } from 'node:http';
import { expect } from '@playwright/test';
import { freePort } from '../bin/start/postgres.mjs';
import { enter, origin, serverActions } from './company';
import { fingerprint } from './fingerprint';
import { oursAndTheirs, post } from './requests-by-hand';
import { test } from './test';
import type { TwoCompanies } from './two-companies';

let ours: TwoCompanies['ours'];
let request: TwoCompanies['request'];

oursAndTheirs((companies) => {
  ({ request, ours } = companies);
});

test.describe('requests that another site sends', () => {
  const writes = () => {
    const w = `/api/w/${ours.slug}`;
    const example = ours.examples.at(-1);
    const content = { messages: [{ role: 'user', content: 'x' }], reply: 'y' };
    return [
      [`${w}/examples`, { datasetId: ours.datasetId, ...content }],
      [
        `${w}/examples/${example?.id}/working-copy`,
        { baseRevisionId: example?.revisionId, version: 0, content },
      ],
      [`${w}/datasets/${ours.datasetId}/review/queue`, { count: 1 }],
      [`${w}/datasets/${ours.datasetId}/imports`, 'prompt,reply\na,b\n'],
      [`${w}/jobs/${ours.jobId}/cancel`, {}],
      [`/api/releases/${ours.releaseIds[0]}/quotes`, {}],
      [`/api/runs/${ours.runId}/cancel`, {}],
      ['/api/auth/signout', {}],
    ] as const;
  };

  test('with its cookie, but another, no or an opaque origin', async () => {
    const origins = [
      'https://evil.example',
      'null',
      '',
      `${origin()}.evil.example`,
      'http://localhost:1',
    ];
    const before = await fingerprint();
    for (const from of [...origins, undefined]) {
      const headers = {
        cookie: ours.cookies.admin,
        'content-type': 'application/json',
        'x-file-name': 'a.csv',
        ...(from === undefined ? {} : { origin: from }),
      };
      for (const [path, body] of writes()) {
        const response = await request.post(origin() + path, {
          headers,
          data: body,
          maxRedirects: 0,
        });
        expect.soft(response.status(), `${path} from ${from}`).toBe(403);
      }
      const put = await request.put(
        `${origin()}/api/w/${ours.slug}/examples/${ours.examples[0]?.id}`,
        {
          headers,
          data: { version: 1, changes: { reply: 'Taken over.' } },
        },
      );
      expect.soft(put.status(), `PUT from ${from}`).toBe(403);
      const gone = await request.delete(
        `${origin()}/api/w/${ours.slug}/examples/${ours.examples[0]?.id}/working-copy`,
        { headers },
      );
      expect.soft(gone.status(), `DELETE from ${from}`).toBe(403);
      for (const { id, name } of serverActions()) {
        if (name === 'signOutAction') continue;
        const { result, status } = await post(
          request,
          id,
          { workspace: ours.slug, name: 'Taken over' },
          { headers: { cookie: ours.cookies.admin, origin: from ?? '' } },
        );
        if (result) expect.soft(result.error?.code, `${name} from ${from}`).toBe('FORBIDDEN');
        else expect.soft(status, `${name} from ${from}`).toBeGreaterThanOrEqual(400);
      }
    }
    expect(await fingerprint()).toEqual(before);
  });

  test('in a real browser: forms, scripts and a sandboxed frame', async ({ page }) => {
    await enter(page, ours.admin);
    await page.goto(`/w/${ours.slug}`);
    const signOut = serverActions().find(({ name }) => name === 'signOutAction')?.id;
    const before = await fingerprint();
    const seen: string[] = [];
    page.on('request', (one) => {
      if (one.method() === 'POST') seen.push(one.url());
    });
    const form = (path: string, type: string, input: string, at: number) =>
      `<iframe name="sink${at}"></iframe><form method="post" enctype="${type}" target="sink${at}" action="${origin()}${path}">${input}</form>`;
    const body = [
      ...writes().map(([path]) => [
        path,
        'text/plain',
        `<input name='{"count":1,"a":"' value='"}'>`,
      ]),
      ...['/sign-in', `/w/${ours.slug}`].map((path) => [
        path,
        'multipart/form-data',
        `<input name="$ACTION_ID_${signOut}">`,
      ]),
    ]
      .map(([path = '', type = '', input = ''], at) => form(path, type, input, at))
      .join('');
    const script = `for (const form of document.forms) form.submit();
      for (const path of ${JSON.stringify(writes().map(([path]) => path))})
        fetch('${origin()}' + path, { method: 'POST', mode: 'no-cors', credentials: 'include', body: '{"count":1}' }).catch(() => 0);`;
    const inner = `${body}<script>${script}</script>`;
    const html = `<!doctype html><title>A game</title>${inner}
      <iframe sandbox="allow-scripts allow-forms" srcdoc="${inner.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></iframe>`;
    const site = createServer((_, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(html);
    });
    const port = await freePort();
    await new Promise<void>((resolve) => site.listen(port, 'localhost', resolve));
    // The same site for cookies, another origin for the server.
    await page.goto(`http://localhost:${port}/`);
    await expect.poll(() => new Set(seen).size).toBeGreaterThanOrEqual(writes().length);
    await page.waitForLoadState('networkidle');
    site.close();
    expect(await fingerprint()).toEqual(before);
    await page.goto(`/w/${ours.slug}`);
    await expect(page.getByRole('navigation', { name: 'Main navigation' })).toBeVisible();
  });
});
