import 'server-only';
import { db } from '@/lib/db';
import { assertCan } from '@/lib/permissions';
import type { SignedIn, Viewer } from '@/lib/session';

/** The workspaces that a person may open, by name; a "step in" session sees the sample alone. */
export async function findOwnWorkspaces(signedIn: SignedIn) {
  const members = await db.member.findMany({
    where: {
      userId: signedIn.userId,
      ...(signedIn.sampleWorkspaceId ? { workspaceId: signedIn.sampleWorkspaceId } : {}),
    },
    orderBy: [{ workspace: { name: 'asc' } }, { workspaceId: 'asc' }],
    take: 200,
    select: {
      role: true,
      workspace: { select: { id: true, slug: true, name: true, isSample: true } },
    },
  });
  return members.map(({ role, workspace }) => ({ ...workspace, role }));
}
export type OwnWorkspace = Awaited<ReturnType<typeof findOwnWorkspaces>>[number];

/** Whether the person may make another workspace: an admin of one, outside the sample. */
export async function canCreateWorkspace(signedIn: SignedIn): Promise<boolean> {
  if (signedIn.sampleWorkspaceId) return false;
  const member = await db.member.findFirst({
    where: { userId: signedIn.userId, role: 'admin', user: { isSample: false } },
    select: { userId: true },
  });
  return member !== null;
}

/** The viewer's workspace. */
export async function getWorkspace(viewer: Viewer) {
  assertCan(viewer, 'workspace:read');
  return db.workspace.findUniqueOrThrow({
    where: { id: viewer.workspaceId },
    select: { id: true, slug: true, name: true, isSample: true, createdAt: true },
  });
}
