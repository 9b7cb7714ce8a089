import 'server-only';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { assertCan, can } from '@/lib/permissions';
import { createToken, sha256 } from '@/lib/secrets';
import type { Viewer } from '@/lib/session';
import { MAX_TOKENS, type TokenCreate } from '@/lib/tokens/token-schema';

/** A program's token must not make itself another one that outlives it. */
function assertPerson(viewer: Viewer): void {
  if (viewer.via !== 'session') throw new AppError('FORBIDDEN');
}

/** Makes a token and answers it in clear, this once. Throws INVALID past the limit of good tokens. */
export async function createApiToken(
  viewer: Viewer,
  input: TokenCreate,
): Promise<{ id: string; token: string }> {
  assertCan(viewer, 'token:create');
  assertPerson(viewer);
  const token = `apt_${createToken()}`;
  return db.$transaction(async (tx) => {
    // Locks the membership, so that parallel calls count one after the other.
    await tx.$queryRaw`SELECT 1 FROM "Member" WHERE "userId" = ${viewer.userId}::uuid
      AND "workspaceId" = ${viewer.workspaceId}::uuid FOR UPDATE`;
    const now = new Date();
    const owner = { workspaceId: viewer.workspaceId, userId: viewer.userId };
    const good = await tx.apiToken.count({
      where: { ...owner, revokedAt: null, expiresAt: { gt: now } },
    });
    if (good >= MAX_TOKENS) throw new AppError('INVALID', 'tokens.errors.tooMany');
    const { id } = await tx.apiToken.create({
      data: {
        ...owner,
        name: input.name,
        scopes: input.scopes,
        prefix: token.slice(0, 10),
        tokenHash: sha256(token),
        createdAt: now,
        expiresAt: new Date(now.getTime() + input.days * 86_400_000),
      },
      select: { id: true },
    });
    await recordAudit(tx, viewer, {
      action: 'token.created',
      subjectType: 'token',
      subjectId: id,
      data: { scopes: input.scopes, days: input.days },
    });
    return { id, token };
  });
}

/** Ends a token at once: one's own, or anybody's for an admin. Repeating it changes nothing. */
export async function revokeApiToken(viewer: Viewer, tokenId: string): Promise<void> {
  assertCan(viewer, 'token:create');
  assertPerson(viewer);
  const scope = {
    id: tokenId,
    workspaceId: viewer.workspaceId,
    ...(can(viewer.role, 'token:manage') ? {} : { userId: viewer.userId }),
  };
  await db.$transaction(async (tx) => {
    const { count } = await tx.apiToken.updateMany({
      where: { ...scope, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    if (count === 0) {
      if (await tx.apiToken.findFirst({ where: scope, select: { id: true } })) return;
      throw new AppError('NOT_FOUND');
    }
    await recordAudit(tx, viewer, {
      action: 'token.revoked',
      subjectType: 'token',
      subjectId: tokenId,
    });
  });
}
