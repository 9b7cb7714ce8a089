import 'server-only';
import { createUser } from '@/lib/accounts/account-mutations';
import type { SetupInput } from '@/lib/accounts/account-schema';
import { useLink } from '@/lib/accounts/link-mutations';
import { hashPassword } from '@/lib/accounts/password-hash';
import { createSession } from '@/lib/accounts/session-mutations';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { insertWorkspace } from './workspace-mutations';

/**
 * The first admin and the first workspace, by the link of the terminal, whole or not at all.
 * Throws NOT_FOUND for a bad link and CONFLICT once anybody has an account.
 */
export async function createFirstAdmin(
  input: SetupInput,
  userAgent: string | null,
): Promise<{ sessionId: string; workspaceSlug: string }> {
  const passwordHash = await hashPassword(input.password);
  return db.$transaction(async (tx) => {
    // Two links may be open at once; the second waits here and then finds an account.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('apprentice.first_admin'))`;
    await useLink(tx, 'first_admin', input.token);
    if (await tx.user.findFirst({ where: { isSample: false }, select: { id: true } })) {
      throw new AppError('CONFLICT', 'accounts.errors.alreadySetUp');
    }
    const user = await createUser(tx, { ...input, passwordHash });
    const workspace = await insertWorkspace(tx, { name: input.workspaceName, adminId: user.id });
    const session = await createSession(tx, {
      userId: user.id,
      sessionVersion: user.sessionVersion,
      method: 'setup',
      userAgent,
    });
    return { ...session, workspaceSlug: workspace.slug };
  });
}
