import { expect, test } from 'vitest';
import { createTerminalLink } from '@/lib/accounts/terminal-link';
import { db } from '@/lib/db';
import { createUser } from '@/tests/factories';
import { createFirstAdmin } from './setup-mutations';

const person = {
  name: 'Maria Schneider',
  email: 'maria@shop.example',
  password: 'tulip harbour 41',
  workspaceName: 'Nordlicht Versand',
};
const newToken = async () =>
  new URL((await createTerminalLink()).url).searchParams.get('token') ?? '';

// The tests of this file follow one installation from empty to set up.
test('nobody has an account and no link is no way in', async () => {
  await createUser({ isSample: true });
  await expect(createFirstAdmin({ ...person, token: 'A'.repeat(43) }, null)).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  expect(await db.user.count({ where: { isSample: false } })).toBe(0);
});

test('a link older than half an hour is refused', async () => {
  const token = await newToken();
  await db.oneTimeLink.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
  await expect(createFirstAdmin({ ...person, token }, null)).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

test('a refused password keeps the link good', async () => {
  const token = await newToken();
  await expect(
    createFirstAdmin({ ...person, password: 'maria schneider', token }, null),
  ).rejects.toMatchObject({ code: 'INVALID' });
  expect(
    await db.oneTimeLink.count({ where: { usedAt: null, expiresAt: { gt: new Date() } } }),
  ).toBe(1);
});

test('of two people with the link one becomes admin, with the workspace, and it is recorded', async () => {
  const token = await newToken();
  const answers = await Promise.allSettled([
    createFirstAdmin({ ...person, token }, null),
    createFirstAdmin({ ...person, email: 'other@shop.example', token }, null),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await db.user.count({ where: { isSample: false } })).toBe(1);
  const workspace = await db.workspace.findFirstOrThrow({ include: { members: true } });
  expect(workspace).toMatchObject({ slug: 'nordlicht-versand', members: [{ role: 'admin' }] });
  const actions = (await db.auditEvent.findMany()).map(({ action }) => action);
  expect(actions).toEqual(
    expect.arrayContaining([
      'account.created',
      'workspace.created',
      'member.joined',
      'session.started',
    ]),
  );
});

test('afterwards no link makes another first admin', async () => {
  const { kind } = await createTerminalLink();
  expect(kind).toBe('admin');
});
