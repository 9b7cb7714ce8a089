import 'server-only';
import { createUser } from '@/lib/accounts/account-mutations';
import { hashPassword } from '@/lib/accounts/password-hash';
import { createSession } from '@/lib/accounts/session-mutations';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db, type Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { assertCan } from '@/lib/permissions';
import { createToken, sha256 } from '@/lib/secrets';
import type { SignedIn, Viewer } from '@/lib/session';
import { assertPeopleCanChange } from './member-mutations';
import { invitationDays } from './workspace-rules';
import type { InvitationAccept, InvitationCreate } from './workspace-schema';

/**
 * Invites an address. The token is returned this once and only its hash is kept; an older open
 * invitation of the same address ends. Throws CONFLICT for somebody who is a member.
 */
export async function createInvitation(
  viewer: Viewer,
  input: InvitationCreate,
): Promise<{ token: string; expiresAt: Date }> {
  assertCan(viewer, 'people:manage');
  const token = createToken();
  const expiresAt = new Date(Date.now() + invitationDays * 24 * 60 * 60_000);
  await db.$transaction(async (tx) => {
    await assertPeopleCanChange(tx, viewer);
    const member = await tx.member.findFirst({
      where: { workspaceId: viewer.workspaceId, user: { email: input.email } },
      select: { userId: true },
    });
    if (member) throw new AppError('CONFLICT', 'people.errors.alreadyMember');
    await tx.invitation.updateMany({
      where: {
        workspaceId: viewer.workspaceId,
        email: input.email,
        acceptedAt: null,
        revokedAt: null,
      },
      data: { revokedAt: new Date() },
    });
    const { id } = await tx.invitation.create({
      data: {
        workspaceId: viewer.workspaceId,
        email: input.email,
        role: input.role,
        tokenHash: sha256(token),
        invitedById: viewer.userId,
        expiresAt,
      },
      select: { id: true },
    });
    await recordAudit(tx, viewer, {
      action: 'invitation.created',
      subjectType: 'invitation',
      subjectId: id,
      data: { role: input.role },
    });
  });
  return { token, expiresAt };
}

/** Ends an open invitation. Throws NOT_FOUND for anything else. */
export async function revokeInvitation(viewer: Viewer, invitationId: string): Promise<void> {
  assertCan(viewer, 'people:manage');
  await db.$transaction(async (tx) => {
    const { count } = await tx.invitation.updateMany({
      where: {
        id: invitationId,
        workspaceId: viewer.workspaceId,
        acceptedAt: null,
        revokedAt: null,
      },
      data: { revokedAt: new Date() },
    });
    if (count === 0) throw new AppError('NOT_FOUND');
    await recordAudit(tx, viewer, {
      action: 'invitation.revoked',
      subjectType: 'invitation',
      subjectId: invitationId,
    });
  });
}

/** Uses an invitation up. Of two at the same moment one wins. Throws NOT_FOUND. */
async function takeInvitation(tx: Tx, token: string, email?: string) {
  const [invitation] = await tx.invitation.updateManyAndReturn({
    where: {
      tokenHash: sha256(token),
      acceptedAt: null,
      revokedAt: null,
      expiresAt: { gt: new Date() },
      ...(email === undefined ? {} : { email }),
    },
    data: { acceptedAt: new Date() },
    select: { id: true, email: true, role: true, workspaceId: true },
  });
  if (!invitation) throw new AppError('NOT_FOUND', 'accounts.errors.invitationUsed');
  return invitation;
}

async function join(
  tx: Tx,
  userId: string,
  invitation: Awaited<ReturnType<typeof takeInvitation>>,
): Promise<{ workspaceSlug: string }> {
  const { role, workspaceId } = invitation;
  await tx.member.createMany({ data: { userId, workspaceId, role }, skipDuplicates: true });
  await recordAudit(
    tx,
    { userId, workspaceId, via: 'session' },
    {
      action: 'invitation.accepted',
      subjectType: 'invitation',
      subjectId: invitation.id,
      data: { role },
    },
    { action: 'member.joined', subjectType: 'user', subjectId: userId, data: { role } },
  );
  const { slug } = await tx.workspace.findUniqueOrThrow({
    where: { id: workspaceId },
    select: { slug: true },
  });
  return { workspaceSlug: slug };
}

/** Makes an account for the invited address, joins and signs in. Throws CONFLICT when it has one. */
export async function acceptWithNewAccount(
  input: InvitationAccept,
  userAgent: string | null,
): Promise<{ sessionId: string; workspaceSlug: string }> {
  const passwordHash = await hashPassword(input.password);
  return db.$transaction(async (tx) => {
    const invitation = await takeInvitation(tx, input.token);
    const user = await createUser(tx, { ...input, email: invitation.email, passwordHash });
    const joined = await join(tx, user.id, invitation);
    const session = await createSession(tx, {
      userId: user.id,
      sessionVersion: user.sessionVersion,
      method: 'invitation',
      userAgent,
    });
    return { ...session, ...joined };
  });
}

/** Joins with the present account, whose address must be the invited one. Throws NOT_FOUND. */
export async function acceptAsSelf(
  signedIn: SignedIn,
  token: string,
): Promise<{ workspaceSlug: string }> {
  if (signedIn.sampleWorkspaceId) throw new AppError('FORBIDDEN');
  return db.$transaction(async (tx) => {
    const invitation = await takeInvitation(tx, token, signedIn.email);
    return join(tx, signedIn.userId, invitation);
  });
}
