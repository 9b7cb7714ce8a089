import 'server-only';
import { db } from '@/lib/db';
import { type Content, contentSchema } from '@/lib/examples/content';
import type { Split } from '@/prisma/generated/client';

const PAGE = 500;

export type ReleaseRow = {
  position: number;
  exampleId: string;
  number: number;
  /** As it was frozen. */
  content: Content;
};

/** One split of a release in its order, read page by page: memory does not grow with the rows. */
export async function* releaseRows(releaseId: string, split: Split): AsyncGenerator<ReleaseRow> {
  // By key, not by counting: what was erased leaves gaps between the positions.
  for (let after = -1; ; ) {
    const rows = await db.$queryRaw<(Omit<ReleaseRow, 'content'> & { content: unknown })[]>`
      SELECT i."position", i."exampleId", e."number", r."content" FROM "ReleaseItem" i
      JOIN "Example" e ON e."id" = i."exampleId" JOIN "Revision" r ON r."id" = i."revisionId"
      WHERE i."releaseId" = ${releaseId}::uuid AND i."split" = ${split}::"Split"
        AND i."position" > ${after}
      ORDER BY i."position" LIMIT ${PAGE}`;
    for (const row of rows) yield { ...row, content: contentSchema.parse(row.content) };
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.position ?? after;
  }
}
