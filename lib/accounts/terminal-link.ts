import 'server-only';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db } from '@/lib/db';
import { env } from '@/lib/env';
import { needsFirstAdmin } from './account-queries';
import { normaliseEmail } from './account-schema';
import { createLink, linkMinutes } from './link-mutations';

/** Why no link was made, in words for the terminal. */
export class TerminalLinkFault extends Error {}

/**
 * A link for whoever sits at the machine: for the first admin while nobody has an account, else
 * one that signs in an admin (the one of `email`, or the only one). Throws TerminalLinkFault.
 */
export async function createTerminalLink(
  email?: string,
): Promise<{ kind: 'first_admin' | 'admin'; url: string; minutes: number }> {
  const fresh = await needsFirstAdmin();
  const kind = fresh ? 'first_admin' : 'admin';
  const userId = fresh ? null : (await findAdmin(email)).id;
  const { token } = await db.$transaction(async (tx) => {
    const link = await createLink(tx, { kind, userId });
    await recordAudit(
      tx,
      { userId: null, workspaceId: null, via: 'session' },
      {
        action: 'account.terminal_link_created',
        subjectType: 'user',
        ...(userId ? { subjectId: userId } : {}),
        data: { kind },
      },
    );
    return link;
  });
  const path = fresh ? `/setup?token=${token}` : `/link/${token}`;
  return { kind, url: new URL(path, env().APP_URL).href, minutes: linkMinutes[kind] };
}

async function findAdmin(email?: string): Promise<{ id: string }> {
  const admins = await db.user.findMany({
    where: {
      isSample: false,
      disabledAt: null,
      members: { some: { role: 'admin' } },
      ...(email === undefined ? {} : { email: normaliseEmail(email) }),
    },
    orderBy: { id: 'asc' },
    take: 50,
    select: { id: true, email: true },
  });
  const [only] = admins;
  if (only && admins.length === 1) return only;
  if (email !== undefined) {
    throw new TerminalLinkFault(
      'No admin has this address, or the account is closed. Check the spelling, or leave --email out.',
    );
  }
  const list = admins.map((admin) => `  ${admin.email}`).join('\n');
  throw new TerminalLinkFault(
    admins.length === 0
      ? 'Every admin account is closed. Open one again in the database, or restore a backup.'
      : `There are several admins. Say whom to sign in with --email:\n${list}`,
  );
}
