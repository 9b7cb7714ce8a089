import 'server-only';
import { db } from '@/lib/db';
import { assertCan } from '@/lib/permissions';
import { sha256 } from '@/lib/secrets';
import type { Viewer } from '@/lib/session';

/** Invitations of the viewer's workspace that can still be accepted, the latest first. */
export async function findOpenInvitations(viewer: Viewer) {
  assertCan(viewer, 'people:manage');
  return db.invitation.findMany({
    where: {
      workspaceId: viewer.workspaceId,
      acceptedAt: null,
      revokedAt: null,
      expiresAt: { gt: new Date() },
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: 200,
    select: {
      id: true,
      email: true,
      role: true,
      expiresAt: true,
      invitedBy: { select: { name: true } },
    },
  });
}
export type OpenInvitation = Awaited<ReturnType<typeof findOpenInvitations>>[number];

/** What the page of an invitation shows, or null when it cannot be accepted any more. */
export async function findInvitationByToken(token: string) {
  const invitation = await db.invitation.findFirst({
    where: {
      tokenHash: sha256(token),
      acceptedAt: null,
      revokedAt: null,
      expiresAt: { gt: new Date() },
    },
    select: {
      email: true,
      role: true,
      workspace: { select: { name: true } },
      invitedBy: { select: { name: true } },
    },
  });
  if (!invitation) return null;
  const account = await db.user.findUnique({
    where: { email: invitation.email },
    select: { id: true },
  });
  return {
    email: invitation.email,
    role: invitation.role,
    workspaceName: invitation.workspace.name,
    invitedByName: invitation.invitedBy.name,
    hasAccount: account !== null,
  };
}
