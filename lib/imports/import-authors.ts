import 'server-only';
import { db } from '@/lib/db';
import { normaliseText } from '@/lib/examples/content';
import type { Viewer } from '@/lib/session';

/** The member whom a file names by e-mail address or by an unambiguous name; null for nobody of ours. */
export type AuthorLookup = (named: string) => string | null;

export async function loadAuthorLookup(viewer: Viewer): Promise<AuthorLookup> {
  const members = await db.member.findMany({
    where: { workspaceId: viewer.workspaceId },
    select: { user: { select: { id: true, email: true, name: true } } },
  });
  const byName = new Map<string, string | null>();
  const byEmail = new Map<string, string>();
  for (const { user } of members) {
    const name = normaliseText(user.name);
    byName.set(name, byName.has(name) ? null : user.id);
    byEmail.set(normaliseText(user.email), user.id);
  }
  return (named) => {
    const key = normaliseText(named);
    return byEmail.get(key) ?? byName.get(key) ?? null;
  };
}
