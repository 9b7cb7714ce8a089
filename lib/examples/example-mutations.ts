import 'server-only';
import type { z } from 'zod';
import { recordAudit } from '@/lib/audit/audit-mutations';
import type { Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { type Content, contentSchema } from '@/lib/examples/content';
import { applyToContent, changedDescription } from '@/lib/examples/example-changes';
import { conflictOf } from '@/lib/examples/example-conflict';
import { copyExamples } from '@/lib/examples/example-copy';
import { type ExampleDetail, getExample } from '@/lib/examples/example-detail';
import {
  type ExampleCreate,
  type ExampleMove,
  exampleCreateSchema,
  exampleIdSchema,
  exampleMoveSchema,
  type RestoreInput,
  type RevisionSave,
  restoreSchema,
  revisionSaveSchema,
} from '@/lib/examples/example-schema';
import { inTransaction } from '@/lib/examples/example-transaction';
import {
  addRevision,
  insertExample,
  type LockedExample,
  lockExample,
} from '@/lib/examples/revision-write';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';

/** Parses a text as a whole example's. Throws INVALID with the fields. */
function parseContent(value: unknown): Content {
  const parsed = contentSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fieldErrors: Record<string, string> = {};
  for (const issue of parsed.error.issues)
    fieldErrors[issue.path.join('.') || '_'] ??= issue.message;
  throw new AppError('INVALID', 'examples.errors.incomplete', {}, { fieldErrors });
}

/**
 * A new draft. With an `id` of the caller's making a repeated request answers with the example
 * that the first one made. Throws NOT_FOUND for a dataset that is archived or not the viewer's.
 */
export async function createExample(viewer: Viewer, input: ExampleCreate): Promise<ExampleDetail> {
  assertCan(viewer, 'example:write');
  const { id, datasetId, topic, tags, groupKey, ...text } = exampleCreateSchema.parse(input);
  const content = parseContent(applyToContent({ messages: [], reply: '' }, text));
  return inTransaction(async (tx) => {
    const dataset = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM "Dataset" WHERE "id" = ${datasetId}::uuid
        AND "workspaceId" = ${viewer.workspaceId}::uuid AND "archivedAt" IS NULL FOR UPDATE`;
    if (dataset.length === 0) throw new AppError('NOT_FOUND');
    const earlier = id
      ? await tx.example.findFirst({
          where: { id, datasetId, workspaceId: viewer.workspaceId, createdById: viewer.userId },
          select: { id: true },
        })
      : null;
    if (earlier) return getExample(viewer, earlier.id, tx);
    const example = await insertExample(tx, viewer, {
      ...(id ? { id } : {}),
      datasetId,
      content,
      topic: topic ?? null,
      tags: tags ?? [],
      groupKey: groupKey ?? null,
      origin: 'typed',
    });
    await recordAudit(tx, viewer, {
      action: 'example.created',
      subjectType: 'example',
      subjectId: example.id,
      data: { revisionId: example.revisionId, number: example.number, origin: 'typed' },
    });
    return getExample(viewer, example.id, tx);
  });
}

/**
 * Saves what a person typed: the next revision where the text changed, the description where
 * topic, tags or group did. A repeated request whose effect is there already succeeds without a
 * second one. Throws CONFLICT with ConflictData where somebody else saved since `version`.
 */
export async function saveRevision(viewer: Viewer, input: RevisionSave): Promise<ExampleDetail> {
  assertCan(viewer, 'example:write');
  const { id, version, changes } = revisionSaveSchema.parse(input);
  return inTransaction(async (tx) => {
    const example = await lockExample(tx, viewer, id);
    const now = await tx.example.findUniqueOrThrow({
      where: { id },
      select: {
        topic: true,
        tags: true,
        groupKey: true,
        currentRevision: { select: { content: true } },
      },
    });
    const before = contentSchema.parse(now.currentRevision?.content);
    const content = parseContent(applyToContent(before, changes));
    const description = changedDescription(now, changes);
    const isSame = JSON.stringify(content) === JSON.stringify(before);
    const isNothing = isSame && Object.keys(description).length === 0;
    if (example.version !== version && !isNothing) throw await conflictOf(tx, example);
    if (!isSame) await saveText(tx, viewer, example, content);
    if (Object.keys(description).length > 0) {
      await tx.example.update({
        where: { id },
        data: {
          ...description,
          updatedAt: new Date(),
          ...(isSame ? { version: { increment: 1 } } : {}),
        },
        select: { id: true },
      });
      await recordAudit(tx, viewer, {
        action: 'example.described',
        subjectType: 'example',
        subjectId: id,
        data: { fields: Object.keys(description) },
      });
    }
    if (hasText(changes))
      await tx.workingCopy.deleteMany({ where: { exampleId: id, userId: viewer.userId } });
    return getExample(viewer, id, tx);
  });
}

const hasText = (changes: z.infer<typeof revisionSaveSchema>['changes']) =>
  changes.reply !== undefined || changes.messages !== undefined || changes.system !== undefined;

async function saveText(tx: Tx, viewer: Viewer, example: LockedExample, content: Content) {
  const saved = await addRevision(tx, viewer, example, { content, origin: 'typed' });
  await recordAudit(tx, viewer, {
    action: 'example.revised',
    subjectType: 'example',
    subjectId: example.id,
    data: { revisionId: saved.revisionId, version: saved.version, status: saved.status },
  });
}

/** Makes an earlier text the newest revision again; it needs a new approval. */
export async function restoreRevision(viewer: Viewer, input: RestoreInput): Promise<ExampleDetail> {
  assertCan(viewer, 'example:write');
  const { id, version, revisionId } = restoreSchema.parse(input);
  return inTransaction(async (tx) => {
    const example = await lockExample(tx, viewer, id);
    const revision = await tx.revision.findFirst({
      where: { id: revisionId, exampleId: id },
      select: { content: true, contentHash: true },
    });
    if (!revision) throw new AppError('NOT_FOUND');
    const content = contentSchema.parse(revision.content);
    if (example.version !== version) {
      const current = await tx.revision.findUniqueOrThrow({
        where: { id: example.currentRevisionId },
        select: { contentHash: true },
      });
      if (current.contentHash !== revision.contentHash) throw await conflictOf(tx, example);
      return getExample(viewer, id, tx);
    }
    const saved = await addRevision(tx, viewer, example, { content, origin: 'restore' });
    if (saved.changed)
      await recordAudit(tx, viewer, {
        action: 'example.restored',
        subjectType: 'example',
        subjectId: id,
        data: { revisionId: saved.revisionId, restoredId: revisionId, version: saved.version },
      });
    await tx.workingCopy.deleteMany({ where: { exampleId: id, userId: viewer.userId } });
    return getExample(viewer, id, tx);
  });
}

/** A draft with the same text, description and group, derived from the example. */
export async function duplicateExample(
  viewer: Viewer,
  input: z.infer<typeof exampleIdSchema>,
): Promise<ExampleDetail> {
  assertCan(viewer, 'example:write');
  const { id } = exampleIdSchema.parse(input);
  return inTransaction(async (tx) => {
    const example = await lockExample(tx, viewer, id);
    const copies = await copyExamples(tx, viewer, example.datasetId, [id]);
    const copyId = copies.get(id);
    if (!copyId) throw new AppError('NOT_FOUND');
    await recordAudit(tx, viewer, {
      action: 'example.duplicated',
      subjectType: 'example',
      subjectId: copyId,
      data: { derivedFromId: id },
    });
    return getExample(viewer, copyId, tx);
  });
}

/** Sets the topic; null removes it. Version-checked like `saveRevision`. */
export function setTopic(
  viewer: Viewer,
  { topic, ...input }: ExampleMove & { topic: string | null },
): Promise<ExampleDetail> {
  const { id, version } = exampleMoveSchema.parse(input);
  return saveRevision(viewer, { id, version, changes: { topic } });
}

/** Replaces the tags. Version-checked like `saveRevision`. */
export function setTags(
  viewer: Viewer,
  { tags, ...input }: ExampleMove & { tags: string[] },
): Promise<ExampleDetail> {
  const { id, version } = exampleMoveSchema.parse(input);
  return saveRevision(viewer, { id, version, changes: { tags } });
}
