import 'server-only';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db, type Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';
import type { SignedIn } from '@/lib/session';
import { sessionMaxAgeSeconds } from '@/lib/session-cookie';

export type SignInMethod = 'password' | 'link' | 'setup' | 'invitation' | 'reset' | 'step_in';

/** A new session row of a person; recorded. The caller hands its id to `writeSessionCookie`. */
export async function createSession(
  tx: Tx,
  input: {
    userId: string;
    sessionVersion: number;
    method: SignInMethod;
    userAgent: string | null;
    sampleWorkspaceId?: string;
  },
): Promise<{ sessionId: string }> {
  const session = await tx.session.create({
    data: {
      userId: input.userId,
      sessionVersion: input.sessionVersion,
      sampleWorkspaceId: input.sampleWorkspaceId ?? null,
      userAgent: input.userAgent?.slice(0, 300) ?? null,
      expiresAt: new Date(Date.now() + sessionMaxAgeSeconds * 1_000),
    },
    select: { id: true },
  });
  await recordAudit(
    tx,
    { userId: input.userId, workspaceId: null, via: 'session' },
    {
      action: 'session.started',
      subjectType: 'session',
      subjectId: session.id,
      data: { method: input.method },
    },
  );
  return { sessionId: session.id };
}

/** Ends a session by its id, if it is still open: for sign-out, where the token was the proof. */
export async function revokeSession(sessionId: string): Promise<void> {
  await db.$transaction(async (tx) => {
    const session = await tx.session.findUnique({
      where: { id: sessionId },
      select: { userId: true },
    });
    if (session) await revoke(tx, session.userId, { id: sessionId });
  });
}

/** Ends one of the person's own sessions. Throws NOT_FOUND for anybody else's. */
export async function revokeOwnSession(signedIn: SignedIn, sessionId: string): Promise<void> {
  await db.$transaction(async (tx) => {
    const count = await revoke(tx, signedIn.userId, { id: sessionId });
    if (count === 0) throw new AppError('NOT_FOUND');
  });
}

/** Ends all of the person's sessions but the one that asks. Returns how many. */
export async function revokeOtherSessions(signedIn: SignedIn): Promise<number> {
  return db.$transaction((tx) => revoke(tx, signedIn.userId, { id: { not: signedIn.sessionId } }));
}

async function revoke(
  tx: Tx,
  userId: string,
  where: { id: string | { not: string } },
): Promise<number> {
  const open = await tx.session.findMany({
    where: { ...where, userId, revokedAt: null },
    select: { id: true },
  });
  await tx.session.updateMany({
    where: { id: { in: open.map(({ id }) => id) } },
    data: { revokedAt: new Date() },
  });
  await recordAudit(
    tx,
    { userId, workspaceId: null, via: 'session' },
    ...open.map(({ id }) => ({
      action: 'session.ended' as const,
      subjectType: 'session',
      subjectId: id,
    })),
  );
  return open.length;
}
