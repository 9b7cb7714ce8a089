import 'server-only';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db, Prisma, type Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { assertCan } from '@/lib/permissions';
import type { SignedIn, Viewer } from '@/lib/session';
import { canCreateWorkspace } from './workspace-queries';
import { freeSlug, toSlug } from './workspace-rules';

/** Makes a workspace with its first admin, in the caller's transaction. */
export async function insertWorkspace(
  tx: Tx,
  input: { name: string; adminId: string },
): Promise<{ id: string; slug: string }> {
  const slug = toSlug(input.name);
  const taken = await tx.workspace.findMany({
    where: { slug: { startsWith: slug } },
    select: { slug: true },
  });
  const workspace = await tx.workspace.create({
    data: {
      name: input.name,
      slug: freeSlug(slug, new Set(taken.map((row) => row.slug))),
      members: { create: { userId: input.adminId, role: 'admin' } },
    },
    select: { id: true, slug: true },
  });
  await recordAudit(
    tx,
    { userId: input.adminId, workspaceId: workspace.id, via: 'session' },
    { action: 'workspace.created', subjectType: 'workspace', subjectId: workspace.id },
    {
      action: 'member.joined',
      subjectType: 'user',
      subjectId: input.adminId,
      data: { role: 'admin' },
    },
  );
  return workspace;
}

/** Makes another workspace. Throws FORBIDDEN for anybody who is admin nowhere. */
export async function createWorkspace(signedIn: SignedIn, name: string): Promise<{ slug: string }> {
  if (!(await canCreateWorkspace(signedIn))) throw new AppError('FORBIDDEN');
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.$transaction((tx) => insertWorkspace(tx, { name, adminId: signedIn.userId }));
    } catch (error) {
      // Somebody took the same address at this moment; the next look finds another.
      const taken = error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
      if (!taken || attempt >= 5) throw error;
    }
  }
}

/** Gives the workspace another name; its address stays. */
export async function renameWorkspace(viewer: Viewer, name: string): Promise<void> {
  assertCan(viewer, 'workspace:manage');
  await db.$transaction(async (tx) => {
    await tx.workspace.update({
      where: { id: viewer.workspaceId },
      data: { name },
      select: { id: true },
    });
    await recordAudit(tx, viewer, {
      action: 'workspace.renamed',
      subjectType: 'workspace',
      subjectId: viewer.workspaceId,
    });
  });
}
