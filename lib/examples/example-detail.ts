import 'server-only';
import { db, type Prisma, type Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { contentSchema, draftContentSchema } from '@/lib/examples/content';
import { loadRowsById } from '@/lib/examples/example-rows';
import { exampleAbilities } from '@/lib/examples/example-rules';
import { assertCan, can } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';

const findingSelect = {
  id: true,
  check: true,
  ruleId: true,
  severity: true,
  spanStart: true,
  spanEnd: true,
  detail: true,
  state: true,
  dismissedById: true,
  dismissReason: true,
} satisfies Prisma.FindingSelect;

/**
 * One example whole: its current text, the newest findings, this viewer's working copy, the last
 * reason why it was sent back, and what this viewer may do. Throws NOT_FOUND.
 */
export async function getExample(viewer: Viewer, id: string, client: typeof db | Tx = db) {
  assertCan(viewer, 'example:read');
  const example = await client.example.findFirst({
    where: { id, workspaceId: viewer.workspaceId, binnedAt: null },
    select: {
      datasetId: true,
      source: true,
      split: true,
      spentAt: true,
      createdAt: true,
      status: true,
      statusBeforeRetire: true,
      currentRevisionId: true,
      approvedRevisionId: true,
      derivedFromId: true,
      currentRevision: { select: { id: true, ordinal: true, content: true, createdAt: true } },
      findings: { select: findingSelect, orderBy: [{ severity: 'asc' }, { id: 'asc' }] },
      workingCopies: {
        where: { userId: viewer.userId },
        select: { content: true, baseRevisionId: true, version: true, updatedAt: true },
      },
    },
  });
  const [row] = await loadRowsById(client, viewer, [id]);
  if (!example?.currentRevision || !row) throw new AppError('NOT_FOUND');
  const [copy] = example.workingCopies;
  const { createdAt, ...revision } = example.currentRevision;
  return {
    row,
    datasetId: example.datasetId,
    source: example.source,
    split: example.split,
    /** It left the held-out set because a proof had seen it. */
    isSpent: example.spentAt !== null,
    createdAt: example.createdAt.toISOString(),
    content: contentSchema.parse(revision.content),
    revision: { id: revision.id, ordinal: revision.ordinal, at: createdAt.toISOString() },
    findings: example.findings,
    workingCopy: copy
      ? {
          content: draftContentSchema.parse(copy.content),
          baseRevisionId: copy.baseRevisionId,
          version: copy.version,
          at: copy.updatedAt.toISOString(),
        }
      : null,
    sentBack: example.status === 'sent_back' ? await findSendBack(client, id) : null,
    derivedFrom: await findNumber(client, viewer, example.derivedFromId),
    may: exampleAbilities(
      {
        status: example.status,
        statusBeforeRetire: example.statusBeforeRetire,
        isApproved: example.currentRevisionId === example.approvedRevisionId,
        hasApproval: example.approvedRevisionId !== null,
      },
      {
        write: can(viewer.role, 'example:write'),
        submit: can(viewer.role, 'example:submit'),
        retire: can(viewer.role, 'example:retire'),
        decide: can(viewer.role, 'review:decide'),
      },
    ),
  };
}

export type ExampleDetail = Awaited<ReturnType<typeof getExample>>;

async function findSendBack(client: typeof db | Tx, exampleId: string) {
  const review = await client.review.findFirst({
    where: { exampleId, decision: 'send_back', withdrawn: null },
    orderBy: { createdAt: 'desc' },
    select: { reason: true, reviewerId: true, createdAt: true },
  });
  if (!review) return null;
  const names = await findNames(client, [review.reviewerId]);
  return {
    reason: review.reason ?? '',
    reviewerName: names.get(review.reviewerId) ?? '',
    at: review.createdAt.toISOString(),
  };
}

async function findNumber(client: typeof db | Tx, viewer: Viewer, id: string | null) {
  if (!id) return null;
  const example = await client.example.findFirst({
    where: { id, workspaceId: viewer.workspaceId, binnedAt: null },
    select: { number: true },
  });
  return example?.number ?? null;
}

/** The names of people, by id. */
export async function findNames(
  client: typeof db | Tx,
  ids: string[],
): Promise<Map<string, string>> {
  const people = await client.user.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  });
  return new Map(people.map((person) => [person.id, person.name]));
}

/** Most revisions that the history shows. */
const MAX_REVISIONS = 100;

/** The revisions of an example with their texts and reviews, newest first. Throws NOT_FOUND. */
export async function findRevisions(viewer: Viewer, id: string) {
  assertCan(viewer, 'example:read');
  const example = await db.example.findFirst({
    where: { id, workspaceId: viewer.workspaceId, binnedAt: null },
    select: {
      currentRevisionId: true,
      approvedRevisionId: true,
      revisions: {
        orderBy: { ordinal: 'desc' },
        take: MAX_REVISIONS,
        select: {
          id: true,
          ordinal: true,
          content: true,
          contentHash: true,
          authorId: true,
          coAuthorId: true,
          origin: true,
          createdAt: true,
          reviews: {
            orderBy: { createdAt: 'asc' },
            select: { id: true, decision: true, reason: true, reviewerId: true, createdAt: true },
          },
        },
      },
    },
  });
  if (!example) throw new AppError('NOT_FOUND');
  const people = example.revisions.flatMap((revision) => [
    revision.authorId,
    ...(revision.coAuthorId ? [revision.coAuthorId] : []),
    ...revision.reviews.map((review) => review.reviewerId),
  ]);
  const names = await findNames(db, people);
  return example.revisions.map((revision) => ({
    id: revision.id,
    ordinal: revision.ordinal,
    content: contentSchema.parse(revision.content),
    contentHash: revision.contentHash,
    authorName: names.get(revision.authorId) ?? '',
    coAuthorName: revision.coAuthorId ? (names.get(revision.coAuthorId) ?? '') : null,
    origin: revision.origin,
    at: revision.createdAt.toISOString(),
    isCurrent: revision.id === example.currentRevisionId,
    isApproved: revision.id === example.approvedRevisionId,
    reviews: revision.reviews.map((review) => ({
      id: review.id,
      decision: review.decision,
      reason: review.reason,
      reviewerName: names.get(review.reviewerId) ?? '',
      at: review.createdAt.toISOString(),
    })),
  }));
}

export type RevisionView = Awaited<ReturnType<typeof findRevisions>>[number];
