import 'server-only';
import { db } from '@/lib/db';
import { assertCan, can } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';
import { tokenState } from '@/lib/tokens/token-rules';

/**
 * The viewer's own tokens of this workspace, and everybody's for an admin; newest first, at most
 * 200. What opens anything is not among it: only its first characters.
 */
export async function findTokens(viewer: Viewer) {
  assertCan(viewer, 'token:create');
  const tokens = await db.apiToken.findMany({
    where: {
      workspaceId: viewer.workspaceId,
      ...(can(viewer.role, 'token:manage') ? {} : { userId: viewer.userId }),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: 200,
    select: {
      id: true,
      name: true,
      scopes: true,
      prefix: true,
      createdAt: true,
      expiresAt: true,
      revokedAt: true,
      lastUsedAt: true,
      user: { select: { name: true } },
    },
  });
  return tokens.map(({ user, ...token }) => ({
    ...token,
    owner: user.name,
    state: tokenState(token),
  }));
}

export type TokenRow = Awaited<ReturnType<typeof findTokens>>[number];
