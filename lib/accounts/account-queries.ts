import 'server-only';
import { db } from '@/lib/db';
import { sha256 } from '@/lib/secrets';
import type { SignedIn } from '@/lib/session';
import type { OneTimeLinkKind } from '@/prisma/generated/enums';

/** Whether nobody real has an account yet; the people of the sample workspace do not count. */
export async function needsFirstAdmin(): Promise<boolean> {
  return (await db.user.findFirst({ where: { isSample: false }, select: { id: true } })) === null;
}

/** Whether there is a sample workspace to step into. */
export async function hasSampleWorkspace(): Promise<boolean> {
  const row = await db.member.findFirst({
    where: { workspace: { isSample: true }, user: { isSample: true, disabledAt: null } },
    select: { userId: true },
  });
  return row !== null;
}

/** Whether a link can still be used, and for whom it is. Looking does not use it up. */
export async function findOpenLink(
  kind: OneTimeLinkKind,
  token: string,
): Promise<{ name: string | null; email: string | null } | null> {
  const link = await db.oneTimeLink.findFirst({
    where: { kind, tokenHash: sha256(token), usedAt: null, expiresAt: { gt: new Date() } },
    select: { user: { select: { name: true, email: true } } },
  });
  if (!link) return null;
  return { name: link.user?.name ?? null, email: link.user?.email ?? null };
}

/** The person's open sessions, the latest first. */
export async function findOwnSessions(signedIn: SignedIn) {
  const { sessionVersion } = await db.user.findUniqueOrThrow({
    where: { id: signedIn.userId },
    select: { sessionVersion: true },
  });
  const rows = await db.session.findMany({
    where: {
      userId: signedIn.userId,
      sessionVersion,
      revokedAt: null,
      expiresAt: { gt: new Date() },
    },
    orderBy: [{ lastSeenAt: 'desc' }, { id: 'desc' }],
    take: 100,
    select: { id: true, userAgent: true, createdAt: true, lastSeenAt: true },
  });
  return rows.map((row) => ({ ...row, isCurrent: row.id === signedIn.sessionId }));
}
export type OwnSession = Awaited<ReturnType<typeof findOwnSessions>>[number];
