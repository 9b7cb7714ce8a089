import 'server-only';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { houseRulesSchema } from '@/lib/checks/rule-schema';
import { toBriefView } from '@/lib/datasets/brief-queries';
import {
  type ApprovalBar,
  briefHash,
  needsRecheck,
  whyNotApprove,
} from '@/lib/datasets/brief-rules';
import type {
  BriefApprove,
  BriefConflict,
  BriefContent,
  BriefSave,
} from '@/lib/datasets/brief-schema';
import { lockDataset } from '@/lib/datasets/dataset-queries';
import { db, type Tx } from '@/lib/db';
import { AppError, type ErrorCode } from '@/lib/errors';
import { startJob } from '@/lib/jobs';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';

/** What is written of a version; the dataset's creation and every save go through here. */
export async function insertBriefVersion(
  tx: Tx,
  viewer: Viewer,
  brief: { datasetId: string; version: number; content: BriefContent },
): Promise<{ id: string }> {
  const { datasetId, version } = brief;
  const { task, systemPrompt, guidelines, slots, rules } = brief.content;
  const row = await tx.brief.create({
    data: {
      workspaceId: viewer.workspaceId,
      datasetId,
      version,
      task,
      systemPrompt,
      guidelines,
      slots,
      rules,
      contentHash: briefHash(brief.content),
      authorId: viewer.userId,
    },
    select: { id: true },
  });
  await recordAudit(tx, viewer, {
    action: 'brief.saved',
    subjectType: 'brief',
    subjectId: row.id,
    data: { datasetId, version, rules: rules.length, slots: slots.length },
  });
  return row;
}

/**
 * Saves the next version of a brief. The same text makes none. Other rules or slots start a job
 * that checks all examples again. CONFLICT, with the newest version as its data, when somebody
 * else saved since `baseVersion`; nothing is written then.
 */
export async function saveBrief(
  viewer: Viewer,
  { datasetId, baseVersion, content }: BriefSave,
): Promise<{ version: number; isNew: boolean; jobId: string | null }> {
  assertCan(viewer, 'brief:edit');
  return db.$transaction(async (tx) => {
    const dataset = await lockDataset(tx, viewer, datasetId);
    if (dataset.archivedAt) throw new AppError('CONFLICT', 'brief.errors.archived');
    const current = await tx.brief.findFirst({
      where: { datasetId, workspaceId: viewer.workspaceId },
      orderBy: { version: 'desc' },
    });
    if (!current) throw new AppError('NOT_FOUND');
    if (current.contentHash === briefHash(content)) {
      return { version: current.version, isNew: false, jobId: null };
    }
    if (current.version !== baseVersion) {
      throw new AppError(
        'CONFLICT',
        'brief.errors.changed',
        { version: current.version },
        {
          data: await conflictData(tx, current.id),
        },
      );
    }

    const version = current.version + 1;
    const row = await insertBriefVersion(tx, viewer, { datasetId, version, content });
    const before = { rules: houseRulesSchema.parse(current.rules), slots: current.slots };
    const job = needsRecheck(before, content)
      ? await startJob(tx, viewer, {
          kind: 'brief.recheck',
          subjectId: datasetId,
          input: { briefId: row.id },
        })
      : null;
    return { version, isNew: true, jobId: job?.id ?? null };
  });
}

/** What the page needs to show both texts of a conflict. */
async function conflictData(tx: Tx, briefId: string) {
  const row = await tx.brief.findUniqueOrThrow({ where: { id: briefId } });
  const author = await tx.user.findUnique({ where: { id: row.authorId }, select: { name: true } });
  const { version, task, systemPrompt, guidelines, slots, rules, createdAt } = toBriefView(row);
  return {
    version,
    authorName: author?.name ?? '',
    createdAt: createdAt.toISOString(),
    content: { task, systemPrompt, guidelines, slots, rules },
  } satisfies BriefConflict;
}

const barCode: Record<ApprovalBar, ErrorCode> = {
  role: 'FORBIDDEN',
  own: 'FORBIDDEN',
  approved: 'CONFLICT',
  superseded: 'CONFLICT',
};

/**
 * Approves the newest version of a brief, so that releases may use it; by access token only where
 * the dataset allows such decisions. Throws FORBIDDEN for the version's author, CONFLICT when it is
 * approved already or a newer one was saved.
 */
export async function approveBrief(
  viewer: Viewer,
  { datasetId, version }: BriefApprove,
): Promise<void> {
  assertCan(viewer, 'brief:approve');
  await db.$transaction(async (tx) => {
    const dataset = await lockDataset(tx, viewer, datasetId);
    if (dataset.archivedAt) throw new AppError('CONFLICT', 'brief.errors.archived');
    const scope = { datasetId, workspaceId: viewer.workspaceId };
    const brief = await tx.brief.findFirst({
      where: { ...scope, version },
      select: {
        id: true,
        version: true,
        authorId: true,
        approvedVia: true,
        _count: { select: { releases: true } },
      },
    });
    const newest = await tx.brief.findFirst({
      where: scope,
      orderBy: { version: 'desc' },
      select: { version: true },
    });
    if (!brief || !newest) throw new AppError('NOT_FOUND');
    const seen = { ...brief, isReleased: brief._count.releases > 0 };
    const bar = whyNotApprove(viewer, seen, newest.version);
    if (bar) throw new AppError(barCode[bar], `brief.whyNot.${bar}`);

    await tx.brief.updateMany({
      where: {
        ...scope,
        id: brief.id,
        approvedVia: brief.approvedVia,
        authorId: { not: viewer.userId },
      },
      data: { approvedById: viewer.userId, approvedAt: new Date(), approvedVia: viewer.via },
    });
    await recordAudit(tx, viewer, {
      action: 'brief.approved',
      subjectType: 'brief',
      subjectId: brief.id,
      data: { datasetId, version },
    });
  });
}
