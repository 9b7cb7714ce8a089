import 'server-only';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import type { Role } from '@/lib/permissions';
import type { SignInInput } from './account-schema';
import { verifyPassword } from './password-hash';
import { createSession } from './session-mutations';
import { countTry, forgetTries } from './sign-in-limit';

/** Where a try comes from. */
export type Caller = { address: string | null; userAgent: string | null };

/** What the throttle counts for a try on an account. */
export const countedAs = (email: string, caller: Caller) => ({
  account: email,
  address: caller.address,
});

/**
 * Signs in with address and password. Throws RATE_LIMITED, or one and the same FORBIDDEN for an
 * unknown address, a wrong password, a disabled account and one without a password.
 */
export async function signInWithPassword(
  input: SignInInput,
  caller: Caller,
): Promise<{ sessionId: string; userId: string }> {
  const tried = countedAs(input.email, caller);
  const tries = await countTry(tried);
  const user = await db.user.findUnique({
    where: { email: input.email },
    select: {
      id: true,
      passwordHash: true,
      sessionVersion: true,
      disabledAt: true,
      isSample: true,
    },
  });
  const fits = await verifyPassword(user?.passwordHash, input.password);
  if (!user || !fits || user.disabledAt || user.isSample) {
    await recordRefusal(user?.id, tries);
    throw new AppError('FORBIDDEN', 'accounts.errors.wrongPassword');
  }
  await forgetTries(tried);
  const session = await db.$transaction((tx) =>
    createSession(tx, {
      userId: user.id,
      sessionVersion: user.sessionVersion,
      method: 'password',
      userAgent: caller.userAgent,
    }),
  );
  return { ...session, userId: user.id };
}

/** The same for a known and an unknown address; the throttle bounds how many there can be. */
const recordRefusal = (userId: string | undefined, tries: number) =>
  db.$transaction((tx) =>
    recordAudit(
      tx,
      { userId: null, workspaceId: null, via: 'session' },
      {
        action: 'session.refused',
        subjectType: 'user',
        ...(userId ? { subjectId: userId } : {}),
        data: { tries },
      },
    ),
  );

/**
 * Steps into the sample workspace as the sample person of a role. The session is good for that
 * workspace alone. The caller has made sure that the request comes from this machine.
 */
export async function stepIn(
  role: Role,
  caller: Caller,
): Promise<{ sessionId: string; workspaceSlug: string }> {
  return db.$transaction(async (tx) => {
    const member = await tx.member.findFirst({
      where: { role, workspace: { isSample: true }, user: { isSample: true, disabledAt: null } },
      orderBy: [{ createdAt: 'asc' }, { userId: 'asc' }],
      select: {
        workspace: { select: { id: true, slug: true } },
        user: { select: { id: true, sessionVersion: true } },
      },
    });
    if (!member) throw new AppError('NOT_FOUND');
    const session = await createSession(tx, {
      userId: member.user.id,
      sessionVersion: member.user.sessionVersion,
      method: 'step_in',
      userAgent: caller.userAgent,
      sampleWorkspaceId: member.workspace.id,
    });
    return { ...session, workspaceSlug: member.workspace.slug };
  });
}
