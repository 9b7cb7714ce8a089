import 'server-only';
import type { z } from 'zod';
import { db, type Prisma } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { type DraftContent, draftContentSchema } from '@/lib/examples/content';
import {
  exampleIdSchema,
  type WorkingCopySave,
  workingCopySaveSchema,
} from '@/lib/examples/example-schema';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';

/** What another window of the same person stored; travels with CONFLICT. */
export type WorkingCopyConflict = { theirs: DraftContent; version: number; at: string };

/**
 * Stores what a person is typing: theirs alone, nobody else's state changes, so that it leaves
 * no trace in the record. The same text again succeeds. Throws CONFLICT with
 * WorkingCopyConflict where another window of theirs stored since `version`.
 */
export async function saveWorkingCopy(
  viewer: Viewer,
  input: WorkingCopySave,
): Promise<{ version: number; at: string }> {
  assertCan(viewer, 'example:write');
  const { id, baseRevisionId, version, content } = workingCopySaveSchema.parse(input);
  const base = await db.revision.findFirst({
    where: {
      id: baseRevisionId,
      exampleId: id,
      workspaceId: viewer.workspaceId,
      example: { binnedAt: null },
    },
    select: { id: true },
  });
  if (!base) throw new AppError('NOT_FOUND');
  const [stored] = await db.$queryRaw<{ version: number; updatedAt: Date }[]>`
    INSERT INTO "WorkingCopy" AS w ("exampleId", "userId", "workspaceId", "baseRevisionId", "content")
    VALUES (${id}::uuid, ${viewer.userId}::uuid, ${viewer.workspaceId}::uuid, ${baseRevisionId}::uuid,
      ${JSON.stringify(content satisfies Prisma.InputJsonValue)}::jsonb)
    ON CONFLICT ("exampleId", "userId") DO UPDATE
      SET "content" = EXCLUDED."content", "baseRevisionId" = EXCLUDED."baseRevisionId",
          "version" = w."version" + 1, "updatedAt" = now()
      WHERE w."version" = ${version}::int
    RETURNING "version", "updatedAt"`;
  if (stored) return { version: stored.version, at: stored.updatedAt.toISOString() };
  const other = await db.workingCopy.findUniqueOrThrow({
    where: { exampleId_userId: { exampleId: id, userId: viewer.userId } },
    select: { content: true, version: true, updatedAt: true },
  });
  const theirs = draftContentSchema.parse(other.content);
  const at = other.updatedAt.toISOString();
  if (isSameText(theirs, content)) return { version: other.version, at };
  const data: WorkingCopyConflict = { theirs, version: other.version, at };
  throw new AppError('CONFLICT', 'examples.errors.otherWindow', {}, { data });
}

const isSameText = (a: DraftContent, b: DraftContent) =>
  a.reply === b.reply &&
  (a.system ?? null) === (b.system ?? null) &&
  JSON.stringify(a.messages.map((m) => [m.role, m.content])) ===
    JSON.stringify(b.messages.map((m) => [m.role, m.content]));

/** Throws away what this person typed and did not save. Repeating it does no harm. */
export async function discardWorkingCopy(
  viewer: Viewer,
  input: z.infer<typeof exampleIdSchema>,
): Promise<void> {
  assertCan(viewer, 'example:write');
  const { id } = exampleIdSchema.parse(input);
  const example = await db.example.findFirst({
    where: { id, workspaceId: viewer.workspaceId, binnedAt: null },
    select: { id: true },
  });
  if (!example) throw new AppError('NOT_FOUND');
  await db.workingCopy.deleteMany({ where: { exampleId: id, userId: viewer.userId } });
}
