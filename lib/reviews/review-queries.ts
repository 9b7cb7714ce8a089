import 'server-only';
import type { HouseRule } from '@/lib/checks/rule-schema';
import { db, type Prisma } from '@/lib/db';
import { type Content, contentSchema } from '@/lib/examples/content';
import { loadBriefForChecks } from '@/lib/examples/example-findings';
import type { ExampleStatus } from '@/lib/examples/example-rules';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';
import type { Origin } from '@/prisma/generated/client';

/** A finding as the review shows it; dismissed warnings with the reason. */
export type ReviewFinding = {
  id: string;
  state: 'open' | 'dismissed' | 'fixed';
  check: string;
  severity: 'blocker' | 'warning';
  spanStart: number | null;
  spanEnd: number | null;
  detail: unknown;
  dismissReason: string | null;
};

/** One example as a reviewer sees it, with everything that a decision is bound to. */
export type ReviewItem = {
  exampleId: string;
  number: number;
  status: ExampleStatus;
  version: number;
  topic: string | null;
  tags: string[];
  revisionId: string;
  ordinal: number;
  origin: Origin;
  content: Content;
  authorName: string;
  coAuthorName: string | null;
  /** Moments are ISO 8601 strings throughout. */
  submittedAt: string | null;
  briefId: string | null;
  findings: ReviewFinding[];
  /** The last revision that somebody approved, where the shown one differs from it. */
  base: { ordinal: number; content: Content; approvedByName: string; approvedAt: string } | null;
  /** The last time that it was sent back or corrected. */
  earlier: {
    decision: 'send_back' | 'correct';
    reason: string | null;
    reviewerName: string;
    at: string;
  } | null;
};

const itemSelect = {
  id: true,
  number: true,
  status: true,
  version: true,
  topic: true,
  tags: true,
  submittedAt: true,
  currentRevision: {
    select: {
      id: true,
      ordinal: true,
      origin: true,
      content: true,
      authorId: true,
      coAuthorId: true,
    },
  },
  reviews: {
    where: { decision: { in: ['approve', 'send_back', 'correct'] }, withdrawn: null },
    orderBy: { createdAt: 'desc' },
    take: 20,
    select: {
      decision: true,
      reason: true,
      reviewerId: true,
      createdAt: true,
      revision: { select: { id: true, ordinal: true, content: true } },
    },
  },
  findings: {
    where: { state: { in: ['open', 'dismissed'] } },
    orderBy: [{ spanStart: 'asc' }, { id: 'asc' }],
    select: {
      id: true,
      revisionId: true,
      check: true,
      severity: true,
      spanStart: true,
      spanEnd: true,
      detail: true,
      state: true,
      dismissReason: true,
    },
  },
} satisfies Prisma.ExampleSelect;

/** The examples with these ids, in this order; those that are not the viewer's are left out. */
export async function findReviewItems(
  viewer: Viewer,
  input: { datasetId: string; exampleIds: string[] },
): Promise<ReviewItem[]> {
  assertCan(viewer, 'review:decide');
  if (input.exampleIds.length === 0) return [];
  const scope = { datasetId: input.datasetId, workspaceId: viewer.workspaceId };
  const rows = await db.example.findMany({
    where: { ...scope, id: { in: input.exampleIds }, binnedAt: null },
    select: itemSelect,
  });
  const brief = await db.brief.findFirst({
    where: scope,
    orderBy: { version: 'desc' },
    select: { id: true },
  });
  const names = await findNames(
    rows.flatMap((row) => [
      row.currentRevision?.authorId,
      row.currentRevision?.coAuthorId,
      ...row.reviews.map((review) => review.reviewerId),
    ]),
  );
  const items = new Map(
    rows.flatMap((row) => {
      const item = toItem(row, brief?.id ?? null, names);
      return item ? [[row.id, item]] : [];
    }),
  );
  return input.exampleIds.flatMap((id) => items.get(id) ?? []);
}

type ItemRow = Prisma.ExampleGetPayload<{ select: typeof itemSelect }>;
type Names = (id: string | null | undefined) => string;

function toItem(row: ItemRow, briefId: string | null, names: Names): ReviewItem | null {
  const { currentRevision: revision, reviews, findings, id, submittedAt, ...rest } = row;
  if (!revision) return null;
  const approval = reviews.find((review) => review.decision === 'approve');
  const [earlier] = reviews;
  return {
    ...rest,
    exampleId: id,
    submittedAt: submittedAt?.toISOString() ?? null,
    revisionId: revision.id,
    ordinal: revision.ordinal,
    origin: revision.origin,
    content: contentSchema.parse(revision.content),
    authorName: names(revision.authorId),
    coAuthorName: revision.coAuthorId ? names(revision.coAuthorId) : null,
    briefId,
    findings: findings
      .filter((finding) => finding.revisionId === revision.id)
      .map(({ revisionId: _, ...finding }) => finding),
    base:
      approval && approval.revision.id !== revision.id
        ? {
            ordinal: approval.revision.ordinal,
            content: contentSchema.parse(approval.revision.content),
            approvedByName: names(approval.reviewerId),
            approvedAt: approval.createdAt.toISOString(),
          }
        : null,
    earlier:
      earlier && earlier.decision !== 'approve' && earlier.decision !== 'withdraw'
        ? {
            decision: earlier.decision,
            reason: earlier.reason,
            reviewerName: names(earlier.reviewerId),
            at: earlier.createdAt.toISOString(),
          }
        : null,
  };
}

/** Names of people who contributed to the viewer's own rows, also of those who left. */
async function findNames(ids: (string | null | undefined)[]): Promise<Names> {
  const wanted = [...new Set(ids.filter((id): id is string => Boolean(id)))];
  const people = await db.user.findMany({
    where: { id: { in: wanted } },
    select: { id: true, name: true },
  });
  const names = new Map(people.map((person) => [person.id, person.name]));
  return (id) => (id ? (names.get(id) ?? '') : '');
}

/** What the page needs of the newest brief to check a correction while it is typed. */
export async function getReviewBrief(
  viewer: Viewer,
  datasetId: string,
): Promise<{ rules: HouseRule[]; slots: string[] }> {
  assertCan(viewer, 'review:decide');
  const dataset = await db.dataset.findFirst({
    where: { id: datasetId, workspaceId: viewer.workspaceId },
    select: { id: true },
  });
  const brief = dataset ? await loadBriefForChecks(db, dataset.id) : null;
  return { rules: brief?.rules ?? [], slots: brief?.slots ?? [] };
}
