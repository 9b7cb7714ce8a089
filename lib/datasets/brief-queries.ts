import 'server-only';
import { type HouseRule, houseRulesSchema } from '@/lib/checks/rule-schema';
import { inForce } from '@/lib/datasets/brief-rules';
import type { BriefContent } from '@/lib/datasets/brief-schema';
import { db, type Prisma } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';

const briefSelect = {
  id: true,
  datasetId: true,
  version: true,
  task: true,
  systemPrompt: true,
  guidelines: true,
  slots: true,
  rules: true,
  contentHash: true,
  authorId: true,
  createdAt: true,
  approvedById: true,
  approvedAt: true,
  approvedVia: true,
} satisfies Prisma.BriefSelect;

type BriefRow = Prisma.BriefGetPayload<{ select: typeof briefSelect }>;

/** One version of a brief, its rules parsed. */
export type BriefView = Omit<BriefRow, 'rules'> & { rules: HouseRule[] };

/** Parses the stored rules; a row that does not parse is a bug and throws. */
export function toBriefView(row: BriefRow): BriefView {
  return { ...row, rules: houseRulesSchema.parse(row.rules) };
}

/** What people wrote in it, without who and when. */
export function toBriefContent({
  task,
  systemPrompt,
  guidelines,
  slots,
  rules,
}: BriefView): BriefContent {
  return { task, systemPrompt, guidelines, slots, rules };
}

/** The newest version, or null while there is none (or the dataset is not the viewer's). */
export async function getCurrentBrief(
  viewer: Viewer,
  datasetId: string,
): Promise<BriefView | null> {
  assertCan(viewer, 'brief:read');
  const row = await db.brief.findFirst({
    where: { datasetId, workspaceId: viewer.workspaceId },
    orderBy: { version: 'desc' },
    select: briefSelect,
  });
  return row && toBriefView(row);
}

/** The newest version that a release may use: see `isInForce`. Null while there is none. */
export async function findApprovedBrief(
  viewer: Viewer,
  datasetId: string,
): Promise<BriefView | null> {
  assertCan(viewer, 'brief:read');
  const row = await db.brief.findFirst({
    where: {
      datasetId,
      workspaceId: viewer.workspaceId,
      ...inForce,
    },
    orderBy: { version: 'desc' },
    select: briefSelect,
  });
  return row && toBriefView(row);
}

/** Whether a release uses a version, which makes its approval final. */
export async function isBriefReleased(viewer: Viewer, briefId: string): Promise<boolean> {
  assertCan(viewer, 'brief:read');
  return (await db.release.count({ where: { briefId, workspaceId: viewer.workspaceId } })) > 0;
}

/** One version by its number. Throws NOT_FOUND. */
export async function getBriefVersion(
  viewer: Viewer,
  datasetId: string,
  version: number,
): Promise<BriefView> {
  assertCan(viewer, 'brief:read');
  const row = await db.brief.findFirst({
    where: { datasetId, version, workspaceId: viewer.workspaceId },
    select: briefSelect,
  });
  if (!row) throw new AppError('NOT_FOUND');
  return toBriefView(row);
}

/** Most versions that the page lists. */
export const MAX_VERSIONS_LISTED = 100;

/** The versions, newest first, with the names of the people; without the long texts. */
export async function findBriefVersions(viewer: Viewer, datasetId: string) {
  assertCan(viewer, 'brief:read');
  const rows = await db.brief.findMany({
    where: { datasetId, workspaceId: viewer.workspaceId },
    orderBy: { version: 'desc' },
    take: MAX_VERSIONS_LISTED,
    select: {
      id: true,
      version: true,
      authorId: true,
      createdAt: true,
      approvedById: true,
      approvedAt: true,
      approvedVia: true,
    },
  });
  const ids = rows.flatMap((row) => [
    row.authorId,
    ...(row.approvedById ? [row.approvedById] : []),
  ]);
  const people = await db.user.findMany({
    where: { id: { in: ids } },
    select: { id: true, name: true },
  });
  const nameOf = new Map(people.map((person) => [person.id, person.name]));
  return rows.map((row) => ({
    ...row,
    authorName: nameOf.get(row.authorId) ?? '',
    approvedByName: row.approvedById ? (nameOf.get(row.approvedById) ?? '') : null,
  }));
}

export type BriefVersionRow = Awaited<ReturnType<typeof findBriefVersions>>[number];

/** How many people other than the author of a version could approve it. */
export async function countOtherApprovers(viewer: Viewer, authorId: string): Promise<number> {
  assertCan(viewer, 'brief:read');
  return db.member.count({
    where: {
      workspaceId: viewer.workspaceId,
      userId: { not: authorId },
      role: { in: ['reviewer', 'admin'] },
      user: { disabledAt: null },
    },
  });
}
