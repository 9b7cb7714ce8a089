import { beforeEach, describe, expect, test } from 'vitest';
import { signInWithPassword } from '@/lib/accounts/sign-in-mutations';
import { db } from '@/lib/db';
import { findSignedInByToken } from '@/lib/session';
import {
  createMember,
  createSession,
  createUser,
  createWorkspace,
  type TestUser,
  type TestWorkspace,
  testPassword,
  viewerFor,
} from '@/tests/factories';
import {
  acceptAsSelf,
  acceptWithNewAccount,
  createInvitation,
  revokeInvitation,
} from './invitation-mutations';
import { findInvitationByToken, findOpenInvitations } from './invitation-queries';
import {
  changeRole,
  createResetLink,
  disableAccount,
  enableAccount,
  leaveWorkspace,
  removeMember,
} from './member-mutations';
import { findMembers } from './member-queries';
import { createWorkspace as makeWorkspace, renameWorkspace } from './workspace-mutations';
import { findOwnWorkspaces } from './workspace-queries';

type Member = Awaited<ReturnType<typeof createMember>>;
type House = { workspace: TestWorkspace; admin: Member; reviewer: Member; writer: Member };

async function createHouse(): Promise<House> {
  const workspace = await createWorkspace();
  return {
    workspace,
    admin: await createMember(workspace, 'admin'),
    reviewer: await createMember(workspace, 'reviewer'),
    writer: await createMember(workspace, 'writer'),
  };
}

let own: House;
let foreign: House;
beforeEach(async () => {
  own = await createHouse();
  foreign = await createHouse();
});

const roleOf = async (user: TestUser, workspace: TestWorkspace) =>
  (
    await db.member.findUnique({
      where: { workspaceId_userId: { workspaceId: workspace.id, userId: user.id } },
    })
  )?.role ?? null;
const refused = (code: string, messageKey?: string) =>
  expect.objectContaining(messageKey ? { code, messageKey } : { code });

describe('only admins manage people', () => {
  test.each(['writer', 'reviewer'] as const)('a %s may not', async (role) => {
    const { viewer } = own[role];
    const target = own.writer.id;
    const forbidden = refused('FORBIDDEN');
    await expect(changeRole(viewer, { userId: target, role: 'admin' })).rejects.toEqual(forbidden);
    await expect(removeMember(viewer, target)).rejects.toEqual(forbidden);
    await expect(disableAccount(viewer, target)).rejects.toEqual(forbidden);
    await expect(enableAccount(viewer, target)).rejects.toEqual(forbidden);
    await expect(createResetLink(viewer, target)).rejects.toEqual(forbidden);
    await expect(
      createInvitation(viewer, { email: 'new@shop.example', role: 'admin' }),
    ).rejects.toEqual(forbidden);
    await expect(findOpenInvitations(viewer)).rejects.toEqual(forbidden);
    await expect(renameWorkspace(viewer, 'Mine')).rejects.toEqual(forbidden);
    expect((await findMembers(viewer)).map(({ email }) => email)).toEqual([null, null, null]);
  });
});

describe('nothing crosses to another workspace', () => {
  test('an admin finds and changes nobody of another workspace', async () => {
    const { viewer } = own.admin;
    const missing = refused('NOT_FOUND');
    const target = foreign.writer.id;
    expect((await findMembers(viewer)).map(({ userId }) => userId)).not.toContain(target);
    await expect(changeRole(viewer, { userId: target, role: 'admin' })).rejects.toEqual(missing);
    await expect(removeMember(viewer, target)).rejects.toEqual(missing);
    await expect(disableAccount(viewer, target)).rejects.toEqual(missing);
    await expect(enableAccount(viewer, target)).rejects.toEqual(missing);
    await expect(createResetLink(viewer, target)).rejects.toEqual(missing);
    expect(await roleOf(foreign.writer, foreign.workspace)).toBe('writer');
  });

  test('an account that also works elsewhere can be removed, but neither closed nor reset', async () => {
    await createMember(foreign.workspace, 'writer', own.writer);
    const elsewhere = refused('FORBIDDEN', 'people.errors.accountElsewhere');
    await expect(disableAccount(own.admin.viewer, own.writer.id)).rejects.toEqual(elsewhere);
    await expect(createResetLink(own.admin.viewer, own.writer.id)).rejects.toEqual(elsewhere);
    const row = (await findMembers(own.admin.viewer)).find(
      ({ userId }) => userId === own.writer.id,
    );
    expect(row?.canManageAccount).toBe(false);
    await removeMember(own.admin.viewer, own.writer.id);
    expect(await roleOf(own.writer, own.workspace)).toBeNull();
    expect(await roleOf(own.writer, foreign.workspace)).toBe('writer');
  });

  test('an invitation is withdrawn only by its own workspace', async () => {
    const { token } = await createInvitation(foreign.admin.viewer, {
      email: 'x@shop.example',
      role: 'writer',
    });
    const [invitation] = await findOpenInvitations(foreign.admin.viewer);
    await expect(revokeInvitation(own.admin.viewer, invitation?.id ?? '')).rejects.toEqual(
      refused('NOT_FOUND'),
    );
    expect(await findInvitationByToken(token)).not.toBeNull();
    expect(await findOpenInvitations(own.admin.viewer)).toEqual([]);
  });

  test('the switcher lists one’s own, and a sample session sees the sample alone', async () => {
    const { signedIn } = await createSession(own.admin);
    expect(await findOwnWorkspaces(signedIn)).toEqual([
      { ...own.workspace, isSample: false, role: 'admin' },
    ]);
    const elsewhere = { ...signedIn, sampleWorkspaceId: foreign.workspace.id };
    expect(await findOwnWorkspaces(elsewhere)).toEqual([]);
  });
});

describe('roles', () => {
  test('a change counts at the next look, in both directions, and is recorded', async () => {
    await changeRole(own.admin.viewer, { userId: own.writer.id, role: 'reviewer' });
    expect((await viewerFor(own.writer, own.workspace)).role).toBe('reviewer');
    await changeRole(own.admin.viewer, { userId: own.writer.id, role: 'writer' });
    expect((await viewerFor(own.writer, own.workspace)).role).toBe('writer');
    const events = await db.auditEvent.findMany({
      where: { workspaceId: own.workspace.id, action: 'member.role_changed' },
      orderBy: { id: 'asc' },
    });
    expect(events.map(({ data }) => data)).toEqual([
      { from: 'writer', to: 'reviewer' },
      { from: 'reviewer', to: 'writer' },
    ]);
  });

  test('the last admin can be neither demoted, removed nor leave', async () => {
    const last = refused('CONFLICT', 'people.errors.lastAdmin');
    const { viewer, id } = own.admin;
    await expect(changeRole(viewer, { userId: id, role: 'reviewer' })).rejects.toEqual(last);
    await expect(removeMember(viewer, id)).rejects.toEqual(last);
    await expect(leaveWorkspace(viewer)).rejects.toEqual(last);
    expect(await roleOf(own.admin, own.workspace)).toBe('admin');
  });

  test('of two admins who leave at the same moment one stays', async () => {
    const second = await createMember(own.workspace, 'admin');
    const answers = await Promise.allSettled([
      leaveWorkspace(own.admin.viewer),
      leaveWorkspace(second.viewer),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('of two admins who close each other’s account one stays', async () => {
    const second = await createMember(own.workspace, 'admin');
    const answers = await Promise.allSettled([
      disableAccount(own.admin.viewer, second.id),
      disableAccount(second.viewer, own.admin.id),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('closing an account', () => {
  test('ends its sessions at the next request and its sign-in; opening it brings no session back', async () => {
    const { token } = await createSession(own.writer);
    await disableAccount(own.admin.viewer, own.writer.id);
    expect(await findSignedInByToken(token)).toBeNull();
    const sign = () =>
      signInWithPassword(
        { email: own.writer.email, password: testPassword },
        { address: null, userAgent: null },
      );
    await expect(sign()).rejects.toEqual(refused('FORBIDDEN'));
    await enableAccount(own.admin.viewer, own.writer.id);
    expect(await findSignedInByToken(token)).toBeNull();
    expect((await sign()).userId).toBe(own.writer.id);
  });

  test('not one’s own', async () => {
    await expect(disableAccount(own.admin.viewer, own.admin.id)).rejects.toEqual(
      refused('CONFLICT'),
    );
  });
});

describe('invitations', () => {
  const invite = (email = 'lena@shop.example') =>
    createInvitation(own.admin.viewer, { email, role: 'reviewer' });
  const joining = { name: 'Lena Vogt', password: 'harbour tulip 55' };

  test('make an account with the invited address and role, once', async () => {
    const email = `lena-${own.workspace.slug}@shop.example`;
    const { token } = await invite(email);
    const { workspaceSlug } = await acceptWithNewAccount({ ...joining, token }, null);
    expect(workspaceSlug).toBe(own.workspace.slug);
    const user = await db.user.findUniqueOrThrow({ where: { email } });
    expect(await roleOf(user, own.workspace)).toBe('reviewer');
    await expect(acceptWithNewAccount({ ...joining, token }, null)).rejects.toEqual(
      refused('NOT_FOUND'),
    );
    await expect(invite(email)).rejects.toEqual(refused('CONFLICT', 'people.errors.alreadyMember'));
  });

  test('of an address with an account are joined by that person only', async () => {
    const person = await createUser();
    const { token } = await invite(person.email);
    expect(await findInvitationByToken(token)).toMatchObject({ hasAccount: true });
    await expect(acceptWithNewAccount({ ...joining, token }, null)).rejects.toEqual(
      refused('CONFLICT', 'accounts.errors.emailTaken'),
    );
    const other = await createSession(await createUser());
    await expect(acceptAsSelf(other.signedIn, token)).rejects.toEqual(refused('NOT_FOUND'));
    const { signedIn } = await createSession(person);
    await acceptAsSelf(signedIn, token);
    expect(await roleOf(person, own.workspace)).toBe('reviewer');
  });

  test('end when withdrawn, replaced, or after seven days', async () => {
    const first = await invite();
    const second = await invite();
    expect(await findInvitationByToken(first.token)).toBeNull();
    expect(second.expiresAt.getTime() - Date.now()).toBeGreaterThan(6.99 * 24 * 60 * 60_000);
    const [open] = await findOpenInvitations(own.admin.viewer);
    await revokeInvitation(own.admin.viewer, open?.id ?? '');
    await expect(acceptWithNewAccount({ ...joining, token: second.token }, null)).rejects.toEqual(
      refused('NOT_FOUND'),
    );
    const third = await invite();
    await db.invitation.updateMany({
      where: { workspaceId: own.workspace.id },
      data: { expiresAt: new Date() },
    });
    await expect(acceptWithNewAccount({ ...joining, token: third.token }, null)).rejects.toEqual(
      refused('NOT_FOUND'),
    );
  });

  test('keep only the hash of the token', async () => {
    const { token } = await invite();
    const rows = await db.invitation.findMany({ where: { workspaceId: own.workspace.id } });
    expect(JSON.stringify(rows)).not.toContain(token);
  });
});

describe('workspaces', () => {
  test('another one is made by an admin, never by others nor from the sample', async () => {
    const admin = await createSession(own.admin);
    const { slug } = await makeWorkspace(admin.signedIn, own.workspace.name);
    expect(slug).toMatch(/^nordlicht-versand(-\d+)?$/);
    const writer = await createSession(own.writer);
    await expect(makeWorkspace(writer.signedIn, 'Mine')).rejects.toEqual(refused('FORBIDDEN'));
    const sample = { ...admin.signedIn, sampleWorkspaceId: own.workspace.id };
    await expect(makeWorkspace(sample, 'Mine')).rejects.toEqual(refused('FORBIDDEN'));
  });

  test('five of the same name at the same moment get five addresses', async () => {
    const { signedIn } = await createSession(own.admin);
    const made = await Promise.all(
      Array.from({ length: 5 }, () => makeWorkspace(signedIn, `Fünf ${own.workspace.slug}`)),
    );
    expect(new Set(made.map(({ slug }) => slug)).size).toBe(5);
  });

  test('the people of the sample cannot be changed', async () => {
    const sample = await createWorkspace({ isSample: true });
    const admin = await createMember(sample, 'admin', await createUser({ isSample: true }));
    const writer = await createMember(sample, 'writer', await createUser({ isSample: true }));
    const fixed = refused('FORBIDDEN', 'people.errors.samplePeople');
    await expect(changeRole(admin.viewer, { userId: writer.id, role: 'admin' })).rejects.toEqual(
      fixed,
    );
    await expect(removeMember(admin.viewer, writer.id)).rejects.toEqual(fixed);
    await expect(disableAccount(admin.viewer, writer.id)).rejects.toEqual(fixed);
    await expect(createResetLink(admin.viewer, writer.id)).rejects.toEqual(fixed);
    await expect(
      createInvitation(admin.viewer, { email: 'x@shop.example', role: 'admin' }),
    ).rejects.toEqual(fixed);
  });
});

test('the record holds no name and no address', async () => {
  await createInvitation(own.admin.viewer, { email: 'lena.vogt@shop.example', role: 'writer' });
  const record = JSON.stringify(await db.auditEvent.findMany());
  expect(record).not.toMatch(/shop\.example|Schneider|Nordlicht/);
});
