import 'server-only';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db, Prisma, type Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';
import type { SignedIn } from '@/lib/session';
import type { PasswordChange } from './account-schema';
import { personalPassword } from './link-mutations';
import { hashPassword, verifyPassword } from './password-hash';
import { passwordFault } from './password-rules';
import { createSession } from './session-mutations';
import { countTry, forgetTries } from './sign-in-limit';
import { type Caller, countedAs } from './sign-in-mutations';

/** Makes an account. Throws CONFLICT when the address is taken, INVALID for a personal password. */
export async function createUser(
  tx: Tx,
  input: { email: string; name: string; password: string; passwordHash: string },
): Promise<{ id: string; sessionVersion: number }> {
  if (passwordFault(input.password, [input.email, input.name])) throw personalPassword('password');
  try {
    const user = await tx.user.create({
      data: { email: input.email, name: input.name, passwordHash: input.passwordHash },
      select: { id: true, sessionVersion: true },
    });
    await recordAudit(
      tx,
      { userId: user.id, workspaceId: null, via: 'session' },
      { action: 'account.created', subjectType: 'user', subjectId: user.id },
    );
    return user;
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') {
      throw new AppError('CONFLICT', 'accounts.errors.emailTaken');
    }
    throw error;
  }
}

/**
 * Changes the person's own password: every session ends, and the one that asked is replaced by
 * a new one, whose id is returned. Wrong tries count like those of the sign-in.
 */
export async function changePassword(
  signedIn: SignedIn,
  input: PasswordChange,
  caller: Caller,
): Promise<{ sessionId: string }> {
  const tried = countedAs(signedIn.email, caller);
  await countTry(tried);
  const user = await db.user.findUniqueOrThrow({
    where: { id: signedIn.userId },
    select: { passwordHash: true, isSample: true },
  });
  const fits = await verifyPassword(user.passwordHash, input.currentPassword);
  if (!fits || user.isSample) {
    throw new AppError(
      'INVALID',
      'accounts.errors.wrongCurrentPassword',
      {},
      {
        fieldErrors: { currentPassword: 'errors.wrongCurrentPassword' },
      },
    );
  }
  await forgetTries(tried);
  if (passwordFault(input.newPassword, [signedIn.email, signedIn.name])) {
    throw personalPassword('newPassword');
  }
  const passwordHash = await hashPassword(input.newPassword);
  return db.$transaction(async (tx) => {
    const { count } = await tx.user.updateMany({
      where: { id: signedIn.userId, passwordHash: user.passwordHash },
      data: { passwordHash, sessionVersion: { increment: 1 } },
    });
    if (count === 0) throw new AppError('CONFLICT');
    const { sessionVersion } = await tx.user.findUniqueOrThrow({
      where: { id: signedIn.userId },
      select: { sessionVersion: true },
    });
    await recordAudit(
      tx,
      { userId: signedIn.userId, workspaceId: null, via: 'session' },
      { action: 'account.password_changed', subjectType: 'user', subjectId: signedIn.userId },
    );
    return createSession(tx, {
      userId: signedIn.userId,
      sessionVersion,
      method: 'password',
      userAgent: caller.userAgent,
    });
  });
}

/** Changes what the person is called. */
export async function renameSelf(signedIn: SignedIn, name: string): Promise<void> {
  await db.$transaction(async (tx) => {
    await tx.user.update({ where: { id: signedIn.userId }, data: { name }, select: { id: true } });
    await recordAudit(
      tx,
      { userId: signedIn.userId, workspaceId: null, via: 'session' },
      { action: 'account.renamed', subjectType: 'user', subjectId: signedIn.userId },
    );
  });
}
