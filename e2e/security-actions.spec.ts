import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { addPerson, cookieOf, origin, resultIn, serverActions, sql } from './company';
import { fingerprint } from './fingerprint';
import { inside, oursAndTheirs, post } from './requests-by-hand';
import { test } from './test';
import type { TwoCompanies } from './two-companies';

let ours: TwoCompanies['ours'];
let theirs: TwoCompanies['theirs'];
let request: TwoCompanies['request'];

oursAndTheirs((companies) => {
  ({ request, ours, theirs } = companies);
});

const actionNames = () => {
  const lib = join(import.meta.dirname, '../lib');
  return readdirSync(lib, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('-actions.ts'))
    .flatMap((file) =>
      [
        ...readFileSync(join(lib, file), 'utf8').matchAll(
          /^export (?:const|async function) (\w+Action)\b/gm,
        ),
      ].map(([, name]) => name ?? ''),
    )
    .sort();
};

const open = [
  'signInAction',
  'signOutAction',
  'signInWithLinkAction',
  'resetPasswordAction',
  'stepInAction',
  'createFirstAdminAction',
  'acceptInvitationAction',
];

test.describe('server actions posted by hand', () => {
  test('the build carries the actions of the source and no others', () => {
    const built = serverActions().map(({ name }) => name);
    // An action that no page uses is not in the build, and cannot be called.
    for (const name of built) expect(actionNames()).toContain(name);
    expect(built.length).toBeGreaterThan(40);
  });

  test('without a session, with a closed account and from another company', async () => {
    const closed = await addPerson(ours, 'admin', 'Closed');
    const cookie = await cookieOf(closed);
    await sql('UPDATE "User" SET "disabledAt" = now() WHERE "id" = $1', [closed.id]);
    const signedIn =
      /^(changePassword|renameSelf|revoke(Other)?Sessions?|createWorkspace|joinWorkspace)Action$/;
    const before = await fingerprint();
    for (const { id, name } of serverActions()) {
      if (open.includes(name)) continue;
      const input = { workspace: ours.slug };
      for (const path of ['/sign-in', `/w/${ours.slug}/people`, '/no/such/page']) {
        const answer = await post(request, id, input, { path });
        // A page that needs a session leads to the sign-in before anything of it runs.
        if (answer.result === null)
          expect.soft([303, 307, 404], `${name} at ${path}`).toContain(answer.status);
        else expect.soft(answer.result.error?.code, `${name} at ${path}`).toBe('UNAUTHENTICATED');
      }
      const old = await post(request, id, input, { headers: { cookie } });
      expect.soft(old.result?.error?.code, name).toBe('UNAUTHENTICATED');
      if (signedIn.test(name)) continue;
      const stranger = await post(request, id, input, {
        headers: { cookie: theirs.cookies.admin },
      });
      expect.soft(stranger.result?.error?.code, name).toBe('NOT_FOUND');
    }
    expect(await fingerprint()).toEqual(before);
  });

  test('in the wrong role, whichever page they are posted to', async () => {
    const { slug: workspace, datasetId } = ours;
    const userId = ours.reviewer.id;
    const calls: [string, object, 'writer' | 'reviewer'][] = [
      ['renameWorkspaceAction', { name: 'Taken over' }, 'reviewer'],
      ['createInvitationAction', { email: 'mole@evil.example', role: 'admin' }, 'reviewer'],
      ['changeRoleAction', { userId, role: 'admin' }, 'reviewer'],
      ['removeMemberAction', { userId }, 'writer'],
      ['disableAccountAction', { userId }, 'writer'],
      ['createResetLinkAction', { userId: ours.admin.id }, 'reviewer'],
      ['createDatasetAction', { name: 'Mine', task: 'a', systemPrompt: 'b' }, 'reviewer'],
      ['renameDatasetAction', { datasetId, version: 1, name: 'Mine' }, 'reviewer'],
      ['archiveDatasetAction', { datasetId, version: 1, archived: true }, 'reviewer'],
      ['approveBriefAction', { datasetId, version: 1 }, 'writer'],
      ['retireAction', { id: ours.examples[0]?.id, version: 1 }, 'writer'],
      ['createReleaseAction', { datasetId, briefId: ours.releaseIds[0], note: '' }, 'reviewer'],
    ];
    const before = await fingerprint();
    for (const [name, input, role] of calls) {
      const action = serverActions().find((one) => one.name === name);
      for (const path of ['/sign-in', `/w/${workspace}/datasets/${datasetId}/examples`]) {
        const answer = await post(
          request,
          action?.id ?? '',
          { workspace, ...input },
          { path, headers: { cookie: ours.cookies[role] } },
        );
        // A page that does not carry the action does not know it.
        if (answer.result) expect.soft(answer.result.error?.code, name).toBe('FORBIDDEN');
        else expect.soft(answer.status, `${name} at ${path}`).toBe(404);
      }
    }
    expect(await fingerprint()).toEqual(before);
  });

  test('with an id, a body or arguments that are none', async () => {
    const id = serverActions().find(({ name }) => name === 'renameSelfAction')?.id ?? '';
    const headers = {
      origin: origin(),
      cookie: ours.cookies.writer,
      accept: 'text/x-component',
      'content-type': 'text/plain;charset=UTF-8',
    };
    const before = await fingerprint();
    const tries: [string, string][] = [
      ['0'.repeat(42), '[{}]'],
      [`${id.slice(0, -1)}x`, '[{}]'],
      ['../../etc/passwd', '[{}]'],
      ['constructor', '[{}]'],
      ['__proto__', '[{}]'],
      [id, ''],
      [id, 'null'],
      [id, '[]'],
      [id, '{'],
      [id, '["$F1"]'],
      [id, '["$1:constructor:constructor"]'],
      [id, '["$@1"]'],
      [id, '[{"name":"$Q1"}]'],
      [id, '[{"__proto__":{"name":"x"}}]'],
      [id, '[{"name":{"then":"$1"}}]'],
      [id, `[${'['.repeat(5_000)}${']'.repeat(5_000)}]`],
    ];
    for (const [action, data] of tries) {
      const response = await request.post(`${origin()}/account`, {
        headers: { ...headers, 'next-action': action },
        data,
        maxRedirects: 0,
      });
      const text = await response.text();
      const what = `${action} ${data.slice(0, 60)}`;
      expect.soft(resultIn(text)?.ok ?? false, what).toBe(false);
      expect.soft(text, what).not.toMatch(inside);
    }
    expect(await fingerprint()).toEqual(before);
  });
});
