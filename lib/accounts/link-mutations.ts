import 'server-only';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db, type Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { createToken, sha256 } from '@/lib/secrets';
import type { OneTimeLinkKind } from '@/prisma/generated/enums';
import type { ResetInput } from './account-schema';
import { hashPassword } from './password-hash';
import { passwordFault } from './password-rules';
import { createSession } from './session-mutations';

/** How long each kind of link can be used, in minutes. */
export const linkMinutes = { first_admin: 30, admin: 30, reset: 24 * 60 } as const;

/** Makes a link that works once; an older open one of the same kind and person ends. */
export async function createLink(
  tx: Tx,
  input: { kind: OneTimeLinkKind; userId: string | null },
): Promise<{ token: string; expiresAt: Date }> {
  await tx.oneTimeLink.updateMany({
    where: { kind: input.kind, userId: input.userId, usedAt: null, expiresAt: { gt: new Date() } },
    data: { expiresAt: new Date() },
  });
  const token = createToken();
  const expiresAt = new Date(Date.now() + linkMinutes[input.kind] * 60_000);
  await tx.oneTimeLink.create({
    data: { kind: input.kind, userId: input.userId, tokenHash: sha256(token), expiresAt },
    select: { id: true },
  });
  return { token, expiresAt };
}

/**
 * Uses a link up, in the transaction of what it is good for. Of two at the same moment one wins.
 * Throws NOT_FOUND when it is unknown, used, too old or of another kind.
 */
export async function useLink(
  tx: Tx,
  kind: OneTimeLinkKind,
  token: string,
): Promise<{ linkId: string; userId: string | null }> {
  const [link] = await tx.oneTimeLink.updateManyAndReturn({
    where: { tokenHash: sha256(token), kind, usedAt: null, expiresAt: { gt: new Date() } },
    data: { usedAt: new Date() },
    select: { id: true, userId: true },
  });
  if (!link) throw new AppError('NOT_FOUND', 'accounts.errors.linkUsed');
  return { linkId: link.id, userId: link.userId };
}

/** The person whom a link of the terminal signs in; the link is used up. */
export async function signInWithLink(
  token: string,
  userAgent: string | null,
): Promise<{ sessionId: string }> {
  return db.$transaction(async (tx) => {
    const { userId } = await useLink(tx, 'admin', token);
    const user = await tx.user.findFirst({
      where: { id: userId ?? '', disabledAt: null },
      select: { id: true, sessionVersion: true },
    });
    if (!user) throw new AppError('NOT_FOUND', 'accounts.errors.linkUsed');
    return createSession(tx, {
      userId: user.id,
      sessionVersion: user.sessionVersion,
      method: 'link',
      userAgent,
    });
  });
}

/** Sets a new password by a reset link, ends every older session and begins a new one. */
export async function resetPassword(
  input: ResetInput,
  userAgent: string | null,
): Promise<{ sessionId: string }> {
  const passwordHash = await hashPassword(input.password);
  return db.$transaction(async (tx) => {
    const { linkId, userId } = await useLink(tx, 'reset', input.token);
    const person = await tx.user.findFirst({
      where: { id: userId ?? '', disabledAt: null, isSample: false },
      select: { id: true, email: true, name: true },
    });
    if (!person) throw new AppError('NOT_FOUND', 'accounts.errors.linkUsed');
    if (passwordFault(input.password, [person.email, person.name]))
      throw personalPassword('password');
    const user = await tx.user.update({
      where: { id: person.id },
      data: { passwordHash, sessionVersion: { increment: 1 } },
      select: { id: true, sessionVersion: true },
    });
    await recordAudit(
      tx,
      { userId: user.id, workspaceId: null, via: 'session' },
      {
        action: 'account.password_reset',
        subjectType: 'user',
        subjectId: user.id,
        data: { linkId },
      },
    );
    return createSession(tx, {
      userId: user.id,
      sessionVersion: user.sessionVersion,
      method: 'reset',
      userAgent,
    });
  });
}

/** The refusal of a password that is made of the person's own name or address. */
export function personalPassword(field: string): AppError {
  return new AppError(
    'INVALID',
    undefined,
    {},
    { fieldErrors: { [field]: 'fields.passwordPersonal' } },
  );
}
