import 'server-only';
import { createLink } from '@/lib/accounts/link-mutations';
import type { AuditAction } from '@/lib/audit/action-names';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db, type Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';
import { findManagedAccounts } from './member-queries';
import type { RoleChange } from './workspace-schema';

/** The people of the sample workspace are part of the sample. Throws FORBIDDEN there. */
export async function assertPeopleCanChange(tx: Tx, viewer: Viewer): Promise<void> {
  const workspace = await tx.workspace.findUniqueOrThrow({
    where: { id: viewer.workspaceId },
    select: { isSample: true },
  });
  if (workspace.isSample) throw new AppError('FORBIDDEN', 'people.errors.samplePeople');
}

/** Runs a change that the database refuses when it would leave a workspace without an admin. */
async function keepingAnAdmin<T>(change: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    return await db.$transaction(change);
  } catch (error) {
    if (
      error instanceof Error &&
      /\blast_admin\b/.test(`${error.message} ${String(error.cause)}`)
    ) {
      throw new AppError('CONFLICT', 'people.errors.lastAdmin');
    }
    throw error;
  }
}

/** Gives a member another role; it counts from their next request on. */
export async function changeRole(viewer: Viewer, input: RoleChange): Promise<void> {
  assertCan(viewer, 'people:manage');
  await keepingAnAdmin(async (tx) => {
    await assertPeopleCanChange(tx, viewer);
    const where = { workspaceId: viewer.workspaceId, userId: input.userId };
    const before = await tx.member.findFirst({ where, select: { role: true } });
    const { count } = await tx.member.updateMany({ where, data: { role: input.role } });
    if (!before || count === 0) throw new AppError('NOT_FOUND');
    await recordAudit(tx, viewer, {
      action: 'member.role_changed',
      subjectType: 'user',
      subjectId: input.userId,
      data: { from: before.role, to: input.role },
    });
  });
}

/** Takes a member out of the workspace. What they wrote and decided stays. */
export async function removeMember(viewer: Viewer, userId: string): Promise<void> {
  assertCan(viewer, 'people:manage');
  await removeFrom(viewer, userId, 'member.removed');
}

/** Leaves the workspace; the last admin cannot. */
export async function leaveWorkspace(viewer: Viewer): Promise<void> {
  assertCan(viewer, 'workspace:read');
  await removeFrom(viewer, viewer.userId, 'member.left');
}

async function removeFrom(viewer: Viewer, userId: string, action: AuditAction): Promise<void> {
  await keepingAnAdmin(async (tx) => {
    await assertPeopleCanChange(tx, viewer);
    const { count } = await tx.member.deleteMany({
      where: { workspaceId: viewer.workspaceId, userId },
    });
    if (count === 0) throw new AppError('NOT_FOUND');
    await tx.claim.deleteMany({ where: { workspaceId: viewer.workspaceId, reviewerId: userId } });
    await recordAudit(tx, viewer, { action, subjectType: 'user', subjectId: userId });
  });
}

/** Throws NOT_FOUND outside the workspace, FORBIDDEN where the account is not the viewer's to manage. */
async function assertManagesAccount(tx: Tx, viewer: Viewer, userId: string): Promise<void> {
  const member = await tx.member.findFirst({
    where: { workspaceId: viewer.workspaceId, userId },
    select: { userId: true },
  });
  if (!member) throw new AppError('NOT_FOUND');
  if (!(await findManagedAccounts(viewer, [userId])).has(userId)) {
    throw new AppError('FORBIDDEN', 'people.errors.accountElsewhere');
  }
}

/** Closes an account: its sessions end with their next request. Not one's own, nor the last admin's. */
export async function disableAccount(viewer: Viewer, userId: string): Promise<void> {
  assertCan(viewer, 'people:manage');
  if (userId === viewer.userId) throw new AppError('CONFLICT', 'people.errors.ownAccount');
  await keepingAnAdmin(async (tx) => {
    await assertPeopleCanChange(tx, viewer);
    await assertManagesAccount(tx, viewer, userId);
    const { count } = await tx.user.updateMany({
      where: { id: userId, disabledAt: null },
      data: { disabledAt: new Date(), sessionVersion: { increment: 1 } },
    });
    if (count === 0) throw new AppError('CONFLICT');
    await assertAdminsRemain(tx, userId);
    await recordAudit(tx, viewer, {
      action: 'account.disabled',
      subjectType: 'user',
      subjectId: userId,
    });
  });
}

/**
 * The trigger on Member does not see accounts that are disabled. Locks the workspaces in the
 * order of their ids, so that two admins who disable each other wait instead of both succeeding.
 */
async function assertAdminsRemain(tx: Tx, userId: string): Promise<void> {
  const without = await tx.$queryRaw<{ id: string }[]>`
    WITH locked AS (
      SELECT w."id" FROM "Workspace" w JOIN "Member" m ON m."workspaceId" = w."id"
      WHERE m."userId" = ${userId}::uuid AND m."role" = 'admin' ORDER BY w."id" FOR UPDATE OF w
    )
    SELECT "id" FROM locked`;
  for (const { id } of without) {
    const admin = await tx.member.findFirst({
      where: { workspaceId: id, role: 'admin', user: { disabledAt: null } },
      select: { userId: true },
    });
    if (!admin) throw new AppError('CONFLICT', 'people.errors.lastAdmin');
  }
}

/** Opens a closed account again; its old sessions stay ended. */
export async function enableAccount(viewer: Viewer, userId: string): Promise<void> {
  assertCan(viewer, 'people:manage');
  await db.$transaction(async (tx) => {
    await assertManagesAccount(tx, viewer, userId);
    const { count } = await tx.user.updateMany({
      where: { id: userId, disabledAt: { not: null } },
      data: { disabledAt: null },
    });
    if (count === 0) throw new AppError('CONFLICT');
    await recordAudit(tx, viewer, {
      action: 'account.enabled',
      subjectType: 'user',
      subjectId: userId,
    });
  });
}

/** A link with which a member sets a new password; shown this once. */
export async function createResetLink(
  viewer: Viewer,
  userId: string,
): Promise<{ token: string; expiresAt: Date }> {
  assertCan(viewer, 'people:manage');
  return db.$transaction(async (tx) => {
    await assertPeopleCanChange(tx, viewer);
    await assertManagesAccount(tx, viewer, userId);
    const link = await createLink(tx, { kind: 'reset', userId });
    await recordAudit(tx, viewer, {
      action: 'account.reset_link_created',
      subjectType: 'user',
      subjectId: userId,
    });
    return link;
  });
}
