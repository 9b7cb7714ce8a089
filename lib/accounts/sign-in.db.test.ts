import { beforeEach, describe, expect, test } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { findSignedInByToken } from '@/lib/session';
import {
  createMember,
  createSession,
  createUser,
  createWorkspace,
  testPassword,
} from '@/tests/factories';
import { changePassword } from './account-mutations';
import { normaliseEmail } from './account-schema';
import { createLink, resetPassword, signInWithLink } from './link-mutations';
import { revokeOtherSessions, revokeOwnSession, revokeSession } from './session-mutations';
import { sessionToken } from './session-token';
import { triesPerAccount, triesPerAddress } from './sign-in-limit';
import { signInWithPassword, stepIn } from './sign-in-mutations';
import { createTerminalLink, TerminalLinkFault } from './terminal-link';

const from = (address: string) => ({ address, userAgent: 'test' });
const wrong = new AppError('FORBIDDEN', 'accounts.errors.wrongPassword');

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'done';
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

beforeEach(async () => {
  await db.rateLimit.deleteMany();
});

describe('signing in with a password', () => {
  test('gives a session whose token carries nothing but its id, and is recorded', async () => {
    const user = await createUser();
    const { sessionId } = await signInWithPassword(
      { email: user.email, password: testPassword },
      from('10.0.0.1'),
    );
    const signedIn = await findSignedInByToken(await sessionToken(sessionId));
    expect(signedIn).toMatchObject({ sessionId, userId: user.id, sampleWorkspaceId: null });
    const events = await db.auditEvent.findMany({ where: { subjectId: sessionId } });
    expect(events).toMatchObject([
      {
        action: 'session.started',
        workspaceId: null,
        actorId: user.id,
        data: { method: 'password' },
      },
    ]);
  });

  test('ignores case and form of the address', async () => {
    const user = await createUser({ email: 'maria.muller@shop.example' });
    const typed = normaliseEmail('  Ｍaria.Muller@SHOP.example ');
    const { userId } = await signInWithPassword(
      { email: typed, password: testPassword },
      from('10.0.0.1'),
    );
    expect(userId).toBe(user.id);
  });

  test('an unknown address, a wrong password, a closed and a sample account get one answer', async () => {
    const known = await createUser();
    const closed = await createUser();
    await db.user.update({ where: { id: closed.id }, data: { disabledAt: new Date() } });
    const sample = await createUser({ isSample: true });
    const tries = [
      { email: 'nobody@shop.example', password: testPassword },
      { email: known.email, password: 'something else' },
      { email: closed.email, password: testPassword },
      { email: sample.email, password: testPassword },
    ];
    for (const input of tries) {
      await expect(signInWithPassword(input, from('10.0.0.2'))).rejects.toEqual(wrong);
    }
  });

  test('an unknown address takes as long as a known one', async () => {
    const user = await createUser();
    const time = async (email: string) => {
      const begin = performance.now();
      await codeOf(signInWithPassword({ email, password: 'something else' }, from('10.0.0.3')));
      return performance.now() - begin;
    };
    // Of the undisturbed tries: what a busy machine adds says nothing about the account.
    const undisturbed = (values: number[]) =>
      values.sort((a, b) => a - b)[Math.floor(values.length / 10)] ?? 0;
    await time(user.email);
    await time('nobody@shop.example');
    // One after the other, each first in turn, so that whatever else the machine does hits both.
    const times = { known: [] as number[], unknown: [] as number[] };
    for (let pair = 0; pair < 60; pair += 1) {
      await db.rateLimit.deleteMany();
      const known = async () => times.known.push(await time(user.email));
      const unknown = async () => times.unknown.push(await time('nobody@shop.example'));
      await (pair % 2 === 0 ? known() : unknown());
      await (pair % 2 === 0 ? unknown() : known());
    }
    const ratio = undisturbed(times.unknown) / undisturbed(times.known);
    expect(ratio).toBeGreaterThan(0.85);
    expect(ratio).toBeLessThan(1.15);
  });
});

describe('the throttle', () => {
  test('1,000 tries on 10 accounts from 100 addresses: each account is tried ten times', async () => {
    const users = await Promise.all(Array.from({ length: 10 }, () => createUser()));
    const answers: Record<string, number> = {};
    for (let round = 0; round < 100; round += 1) {
      const codes = await Promise.all(
        users.map((user) =>
          codeOf(
            signInWithPassword(
              { email: user.email, password: `guess number ${round}` },
              from(`203.0.113.${round}`),
            ),
          ),
        ),
      );
      for (const code of codes) answers[code] = (answers[code] ?? 0) + 1;
    }
    expect(answers).toEqual({
      FORBIDDEN: 10 * triesPerAccount,
      RATE_LIMITED: 1_000 - 10 * triesPerAccount,
    });
  });

  test('also refuses the right password, says how long to wait, and survives a restart', async () => {
    const user = await createUser();
    const guess = (password: string) =>
      signInWithPassword({ email: user.email, password }, from('10.0.0.4'));
    for (let index = 0; index < triesPerAccount; index += 1) await codeOf(guess('something else'));
    await expect(guess(testPassword)).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      messageKey: 'accounts.errors.tooManyTries',
      values: { minutes: 15 },
    });
    // What a restarted or second web process has: no memory, new connections.
    const holder = globalThis as { apprenticeLimits?: unknown };
    holder.apprenticeLimits = undefined;
    await disconnect();
    expect(await codeOf(guess(testPassword))).toBe('RATE_LIMITED');
  });

  test('one address that tries many accounts is stopped', async () => {
    const codes: string[] = [];
    for (let index = 0; index < triesPerAddress + 5; index += 1) {
      codes.push(
        await codeOf(
          signInWithPassword(
            { email: `guess-${index}@shop.example`, password: 'something else' },
            from('10.0.0.5'),
          ),
        ),
      );
    }
    expect(codes.filter((code) => code === 'FORBIDDEN')).toHaveLength(triesPerAddress);
    expect(codes.slice(triesPerAddress)).toEqual(Array(5).fill('RATE_LIMITED'));
  });

  test('parallel tries do not slip past it', async () => {
    const user = await createUser();
    const codes = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        codeOf(
          signInWithPassword(
            { email: user.email, password: 'something else' },
            from(`198.51.100.${index}`),
          ),
        ),
      ),
    );
    expect(codes.filter((code) => code === 'FORBIDDEN')).toHaveLength(triesPerAccount);
  });

  test('a success lets the account start afresh', async () => {
    const user = await createUser();
    const sign = (password: string) =>
      codeOf(signInWithPassword({ email: user.email, password }, from('10.0.0.6')));
    for (let round = 0; round < 2; round += 1) {
      for (let index = 0; index < triesPerAccount - 1; index += 1) await sign('something else');
      expect(await sign(testPassword)).toBe('done');
    }
  });
});

describe('a copied token fails at the next request', () => {
  test('after sign-out', async () => {
    const { token, sessionId } = await createSession(await createUser());
    expect(await findSignedInByToken(token)).not.toBeNull();
    await revokeSession(sessionId);
    expect(await findSignedInByToken(token)).toBeNull();
  });

  test('after a new password, while the session that changed it goes on under a new id', async () => {
    const user = await createUser();
    const copied = await createSession(user);
    const own = await createSession(user);
    const { sessionId } = await changePassword(
      own.signedIn,
      { currentPassword: testPassword, newPassword: 'harbour tulip 97' },
      from('10.0.0.7'),
    );
    expect(await findSignedInByToken(copied.token)).toBeNull();
    expect(await findSignedInByToken(own.token)).toBeNull();
    expect(await findSignedInByToken(await sessionToken(sessionId))).toMatchObject({
      userId: user.id,
    });
    await expect(
      signInWithPassword({ email: user.email, password: testPassword }, from('10.0.0.7')),
    ).rejects.toEqual(wrong);
  });

  test('after a reset, and the reset link works once', async () => {
    const user = await createUser();
    const copied = await createSession(user);
    const { token } = await db.$transaction((tx) =>
      createLink(tx, { kind: 'reset', userId: user.id }),
    );
    const input = { token, password: 'harbour tulip 98' };
    const answers = await Promise.all([
      codeOf(resetPassword(input, null)),
      codeOf(resetPassword(input, null)),
    ]);
    expect(answers.sort()).toEqual(['NOT_FOUND', 'done']);
    expect(await findSignedInByToken(copied.token)).toBeNull();
  });

  test('after it was ended from another session, and only the person can', async () => {
    const user = await createUser();
    const copied = await createSession(user);
    const own = await createSession(user);
    const stranger = await createSession(await createUser());
    await expect(revokeOwnSession(stranger.signedIn, copied.sessionId)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await findSignedInByToken(copied.token)).not.toBeNull();
    expect(await revokeOtherSessions(own.signedIn)).toBe(1);
    expect(await findSignedInByToken(copied.token)).toBeNull();
    expect(await findSignedInByToken(own.token)).not.toBeNull();
    expect(await findSignedInByToken(stranger.token)).not.toBeNull();
  });

  test('once it is too old', async () => {
    const { token, sessionId } = await createSession(await createUser());
    await db.session.update({ where: { id: sessionId }, data: { expiresAt: new Date() } });
    expect(await findSignedInByToken(token)).toBeNull();
  });
});

test.each([[undefined], [''], ['x'], ['a.b.c.d.e'], [`${'e'.repeat(5_000)}`]])(
  'the token %s is nobody',
  async (token) => {
    expect(await findSignedInByToken(token)).toBeNull();
  },
);

test('a wrong present password changes nothing', async () => {
  const { signedIn, token } = await createSession(await createUser());
  const change = { currentPassword: 'something else', newPassword: 'harbour tulip 97' };
  await expect(changePassword(signedIn, change, from('10.0.0.8'))).rejects.toMatchObject({
    code: 'INVALID',
    fieldErrors: { currentPassword: 'errors.wrongCurrentPassword' },
  });
  expect(await findSignedInByToken(token)).not.toBeNull();
});

describe('stepping in', () => {
  test('gives a session of the sample workspace alone, in the role that was chosen', async () => {
    const sample = await createWorkspace({ isSample: true });
    const person = await createUser({ isSample: true });
    await createMember(sample, 'reviewer', person);
    const { sessionId, workspaceSlug } = await stepIn('reviewer', from('127.0.0.1'));
    expect(workspaceSlug).toBe(sample.slug);
    expect(await findSignedInByToken(await sessionToken(sessionId))).toMatchObject({
      userId: person.id,
      sampleWorkspaceId: sample.id,
    });
    await expect(stepIn('writer', from('127.0.0.1'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('links of the terminal', () => {
  test('sign in the admin who is named, once', async () => {
    const workspace = await createWorkspace();
    const admin = await createMember(workspace, 'admin');
    const writer = await createMember(workspace, 'writer');
    await expect(createTerminalLink(writer.email)).rejects.toThrow(TerminalLinkFault);
    const { kind, url } = await createTerminalLink(admin.email.toUpperCase());
    expect(kind).toBe('admin');
    const token = url.split('/').at(-1) ?? '';
    const { sessionId } = await signInWithLink(token, null);
    expect(await findSignedInByToken(await sessionToken(sessionId))).toMatchObject({
      userId: admin.id,
    });
    await expect(signInWithLink(token, null)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('a newer link ends the older one', async () => {
    const admin = await createMember(await createWorkspace(), 'admin');
    const older = (await createTerminalLink(admin.email)).url.split('/').at(-1) ?? '';
    await createTerminalLink(admin.email);
    await expect(signInWithLink(older, null)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
