import 'server-only';
import { db } from '@/lib/db';
import { assertCan, can } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';

/**
 * The people of the viewer's workspace with role and last activity, by name. Addresses, and
 * what may be done with an account, only for who manages people.
 */
export async function findMembers(viewer: Viewer) {
  assertCan(viewer, 'people:read');
  const manages = can(viewer.role, 'people:manage');
  const members = await db.member.findMany({
    where: { workspaceId: viewer.workspaceId },
    orderBy: [{ user: { name: 'asc' } }, { userId: 'asc' }],
    take: 500,
    select: {
      role: true,
      createdAt: true,
      user: {
        select: {
          id: true,
          name: true,
          email: true,
          disabledAt: true,
          sessions: { orderBy: { lastSeenAt: 'desc' }, take: 1, select: { lastSeenAt: true } },
        },
      },
    },
  });
  const managed = manages
    ? await findManagedAccounts(
        viewer,
        members.map(({ user }) => user.id),
      )
    : null;
  return members.map(({ user, role, createdAt }) => ({
    userId: user.id,
    name: user.name,
    email: manages ? user.email : null,
    role,
    joinedAt: createdAt,
    lastSeenAt: user.sessions[0]?.lastSeenAt ?? null,
    disabledAt: user.disabledAt,
    isSelf: user.id === viewer.userId,
    /** Whether the viewer may act on the account itself, not only on its place here. */
    canManageAccount: managed?.has(user.id) ?? false,
  }));
}
export type MemberRow = Awaited<ReturnType<typeof findMembers>>[number];

/**
 * The accounts among `userIds` that the viewer may disable or give a reset link: those whose
 * every workspace the viewer is an admin of. Otherwise an admin of one workspace could take over
 * an account of another.
 */
export async function findManagedAccounts(viewer: Viewer, userIds: string[]): Promise<Set<string>> {
  assertCan(viewer, 'people:manage');
  const rows = await db.user.findMany({
    where: {
      id: { in: userIds },
      isSample: false,
      AND: [
        { members: { some: { workspaceId: viewer.workspaceId } } },
        {
          members: {
            every: { workspace: { members: { some: { userId: viewer.userId, role: 'admin' } } } },
          },
        },
      ],
    },
    select: { id: true },
  });
  return new Set(rows.map(({ id }) => id));
}
