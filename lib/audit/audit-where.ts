import 'server-only';
import type { RecordFilter } from '@/lib/audit/audit-schema';
import { db, Prisma } from '@/lib/db';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';
import { findManagedAccounts } from '@/lib/workspaces/member-queries';

/**
 * The entries (as `e`) that the viewer may read and the filter wants: one `where` for page, count
 * and export. Of the installation's entries only those of accounts that the viewer manages.
 */
export async function toRecordWhere(viewer: Viewer, filter: RecordFilter): Promise<Prisma.Sql> {
  assertCan(viewer, 'record:read');
  const parts = [await toScope(viewer, filter.scope)];
  if (filter.person) parts.push(Prisma.sql`e."actorId" = ${filter.person}::uuid`);
  if (filter.subject) parts.push(Prisma.sql`e."subjectId" = ${filter.subject}`);
  if (filter.action)
    parts.push(
      filter.action.includes('.')
        ? Prisma.sql`e."action" = ${filter.action}`
        : Prisma.sql`split_part(e."action", '.', 1) = ${filter.action}`,
    );
  if (filter.from) parts.push(Prisma.sql`e."at" >= ${filter.from}::timestamp AT TIME ZONE 'UTC'`);
  if (filter.to)
    parts.push(
      Prisma.sql`e."at" < (${filter.to}::timestamp + interval '1 day') AT TIME ZONE 'UTC'`,
    );
  return Prisma.join(parts, ' AND ');
}

async function toScope(viewer: Viewer, scope: RecordFilter['scope']): Promise<Prisma.Sql> {
  if (scope === 'workspace') return Prisma.sql`e."workspaceId" = ${viewer.workspaceId}::uuid`;
  const accounts = await findAccounts(viewer);
  return Prisma.sql`e."workspaceId" IS NULL AND (e."actorId" = ANY(${accounts}::uuid[])
    OR (e."subjectType" = 'user' AND e."subjectId" = ANY(${accounts}::text[]))
    OR e."subjectType" = 'installation')`;
}

/** The members whose account the viewer manages, and the viewer. */
async function findAccounts(viewer: Viewer): Promise<string[]> {
  const members = await db.member.findMany({
    where: { workspaceId: viewer.workspaceId },
    select: { userId: true },
  });
  const ids = members.map(({ userId }) => userId);
  return [...(await findManagedAccounts(viewer, ids)).add(viewer.userId)];
}
