import 'server-only';
import type { Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { type Content, contentSchema, promptText } from '@/lib/examples/content';
import { contentHash, duplicateKeys } from '@/lib/examples/content-hash';
import {
  type BriefForChecks,
  loadBriefForChecks,
  refreshFindings,
} from '@/lib/examples/example-findings';
import { type ExampleStatus, statusAfterEdit } from '@/lib/examples/example-rules';
import type { Viewer } from '@/lib/session';
import type { Origin } from '@/prisma/generated/client';

/**
 * The low-level writes of the main street, all inside the caller's transaction. They neither
 * check permissions nor write the record: the mutations that call them do.
 */
export type LockedExample = {
  id: string;
  workspaceId: string;
  datasetId: string;
  number: number;
  status: ExampleStatus;
  statusBeforeRetire: ExampleStatus | null;
  currentRevisionId: string;
  approvedRevisionId: string | null;
  authorId: string;
  version: number;
};

const lockSelect = {
  id: true,
  workspaceId: true,
  datasetId: true,
  number: true,
  status: true,
  statusBeforeRetire: true,
  currentRevisionId: true,
  approvedRevisionId: true,
  authorId: true,
  version: true,
} as const;

/** Locks an example's row until the transaction ends. Throws NOT_FOUND outside the workspace or in the bin. */
export async function lockExample(
  tx: Tx,
  viewer: Viewer,
  exampleId: string,
): Promise<LockedExample> {
  await tx.$queryRaw`
    SELECT 1 FROM "Example" WHERE "id" = ${exampleId}::uuid AND "workspaceId" = ${viewer.workspaceId}::uuid FOR UPDATE`;
  const example = await tx.example.findFirst({
    where: { id: exampleId, workspaceId: viewer.workspaceId, binnedAt: null },
    select: lockSelect,
  });
  if (!example?.currentRevisionId) throw new AppError('NOT_FOUND');
  return { ...example, currentRevisionId: example.currentRevisionId };
}

/** Takes `count` rising numbers of a dataset; returns the first. Locks the dataset's row. */
export async function takeNumbers(
  tx: Tx,
  viewer: Viewer,
  datasetId: string,
  count: number,
): Promise<number> {
  const rows = await tx.$queryRaw<{ next: number }[]>`
    UPDATE "Dataset" SET "nextNumber" = "nextNumber" + ${count}::int
    WHERE "id" = ${datasetId}::uuid AND "workspaceId" = ${viewer.workspaceId}::uuid AND "archivedAt" IS NULL
    RETURNING "nextNumber" AS next`;
  if (!rows[0]) throw new AppError('NOT_FOUND');
  return rows[0].next - count;
}

export type NewExample = {
  /** Made by the caller where a repeated request must not make a second example. */
  id?: string;
  datasetId: string;
  content: Content;
  topic: string | null;
  tags: string[];
  groupKey: string | null;
  origin: Origin;
  status?: 'draft' | 'in_review';
  coAuthorId?: string | null;
  importId?: string | null;
  derivedFromId?: string | null;
};

/** Stores an example with its first revision. `content` must have passed contentSchema. */
export async function insertExample(
  tx: Tx,
  viewer: Viewer,
  input: NewExample,
  brief?: BriefForChecks | null,
): Promise<{ id: string; number: number; revisionId: string }> {
  const number = await takeNumbers(tx, viewer, input.datasetId, 1);
  const status = input.status ?? 'draft';
  const example = await tx.example.create({
    data: {
      ...(input.id ? { id: input.id } : {}),
      workspaceId: viewer.workspaceId,
      datasetId: input.datasetId,
      number,
      status,
      topic: input.topic,
      tags: input.tags,
      groupKey: input.groupKey,
      source: input.origin,
      importId: input.importId ?? null,
      derivedFromId: input.derivedFromId ?? null,
      createdById: viewer.userId,
      authorId: viewer.userId,
      submittedAt: status === 'in_review' ? new Date() : null,
      ...duplicateKeys(input.content),
    },
    select: { id: true },
  });
  const revisionId = await insertRevision(tx, viewer, {
    exampleId: example.id,
    ordinal: 1,
    content: input.content,
    origin: input.origin,
    coAuthorId: input.coAuthorId ?? null,
  });
  await tx.example.update({
    where: { id: example.id },
    data: { currentRevisionId: revisionId },
    select: { id: true },
  });
  await refreshFindings(tx, {
    workspaceId: viewer.workspaceId,
    datasetId: input.datasetId,
    exampleId: example.id,
    revisionId,
    content: input.content,
    brief: brief === undefined ? await loadBriefForChecks(tx, input.datasetId) : brief,
  });
  return { id: example.id, number, revisionId };
}

async function insertRevision(
  tx: Tx,
  viewer: Viewer,
  input: {
    exampleId: string;
    ordinal: number;
    content: Content;
    origin: Origin;
    coAuthorId: string | null;
  },
): Promise<string> {
  const { content, ...rest } = input;
  const revision = await tx.revision.create({
    data: {
      ...rest,
      workspaceId: viewer.workspaceId,
      content,
      contentHash: contentHash(content),
      authorId: viewer.userId,
      promptText: promptText(content),
      replyText: content.reply,
    },
    select: { id: true },
  });
  return revision.id;
}

/**
 * Makes the next revision of a locked example. The same text as the current revision makes
 * none; an approved example goes back into review. Throws INVALID for a text that cannot be
 * stored and CONFLICT for a retired example.
 */
export async function addRevision(
  tx: Tx,
  viewer: Viewer,
  example: LockedExample,
  input: { content: Content; origin: Origin },
): Promise<{ revisionId: string; version: number; status: ExampleStatus; changed: boolean }> {
  const content = contentSchema.parse(input.content);
  const current = await tx.revision.findUniqueOrThrow({
    where: { id: example.currentRevisionId },
    select: { contentHash: true, ordinal: true },
  });
  if (current.contentHash === contentHash(content)) {
    return {
      revisionId: example.currentRevisionId,
      version: example.version,
      status: example.status,
      changed: false,
    };
  }
  const status = statusAfterEdit(example.status);
  if (!status) throw new AppError('CONFLICT', 'examples.errors.retired');
  const revisionId = await insertRevision(tx, viewer, {
    exampleId: example.id,
    ordinal: current.ordinal + 1,
    content,
    origin: input.origin,
    coAuthorId: null,
  });
  await tx.example.update({
    where: { id: example.id },
    data: {
      currentRevisionId: revisionId,
      authorId: viewer.userId,
      status,
      ...(status === 'in_review' && example.status !== 'in_review'
        ? { submittedAt: new Date() }
        : {}),
      ...duplicateKeys(content),
      version: { increment: 1 },
      updatedAt: new Date(),
    },
    select: { id: true },
  });
  await refreshFindings(tx, {
    workspaceId: example.workspaceId,
    datasetId: example.datasetId,
    exampleId: example.id,
    revisionId,
    content,
    brief: await loadBriefForChecks(tx, example.datasetId),
  });
  return { revisionId, version: example.version + 1, status, changed: true };
}
