import 'server-only';
import type { Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { type Content, contentSchema } from '@/lib/examples/content';
import { findNames } from '@/lib/examples/example-detail';
import type { ExampleStatus } from '@/lib/examples/example-rules';
import type { LockedExample } from '@/lib/examples/revision-write';

/** What somebody else saved first; travels with CONFLICT so that both texts can be shown. */
export type ConflictData = {
  theirs: {
    content: Content;
    topic: string | null;
    tags: string[];
    groupKey: string | null;
    status: ExampleStatus;
  };
  version: number;
  revisionId: string;
  authorName: string;
  at: string;
};

/** The CONFLICT for a locked example whose version is not the one that the person saw. */
export async function conflictOf(tx: Tx, example: LockedExample): Promise<AppError> {
  const row = await tx.example.findUniqueOrThrow({
    where: { id: example.id },
    select: {
      topic: true,
      tags: true,
      groupKey: true,
      updatedAt: true,
      currentRevision: { select: { content: true } },
    },
  });
  const names = await findNames(tx, [example.authorId]);
  const data: ConflictData = {
    theirs: {
      content: contentSchema.parse(row.currentRevision?.content),
      topic: row.topic,
      tags: row.tags,
      groupKey: row.groupKey,
      status: example.status,
    },
    version: example.version,
    revisionId: example.currentRevisionId,
    authorName: names.get(example.authorId) ?? '',
    at: row.updatedAt.toISOString(),
  };
  return new AppError('CONFLICT', 'examples.errors.changedByOther', {}, { data });
}
