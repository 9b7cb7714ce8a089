import 'server-only';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { nestedParts } from '@/lib/curves/curve-rules';
import type { CurveShare } from '@/lib/curves/curve-schema';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { trlPromptCompletion } from '@/lib/exports/writers/trl-prompt-completion';
import { placementKeys } from '@/lib/releases/placement-groups';
import { releaseRows } from '@/lib/releases/release-rows';
import type { Split } from '@/prisma/generated/client';

/** The nested parts of a release's training examples, by the keys that placed them. */
export async function loadParts(releaseId: string): Promise<Map<CurveShare, string[]>> {
  const rows = await db.$queryRaw<
    { id: string; groupKey: string | null; derivedFromId: string | null; promptText: string }[]
  >`
    SELECT e."id", e."groupKey", e."derivedFromId", r."promptText" FROM "ReleaseItem" i
    JOIN "Example" e ON e."id" = i."exampleId" JOIN "Revision" r ON r."id" = i."revisionId"
    WHERE i."releaseId" = ${releaseId}::uuid AND i."split" = 'training'`;
  return nestedParts(
    [...placementKeys(rows)].map(([id, group]) => ({ id, group })),
    releaseId,
  );
}

/** The held-out examples that a curve is judged on: replies not known from training, or all where there are none. */
export async function loadJudged(releaseId: string): Promise<string[]> {
  const rows = await db.releaseItem.findMany({
    where: { releaseId, split: 'held_out' },
    select: { exampleId: true, replyKnown: true },
  });
  const fresh = rows.filter(({ replyKnown }) => !replyKnown);
  return (fresh.length > 0 ? fresh : rows).map(({ exampleId }) => exampleId);
}

async function* lines(
  place: { releaseId: string; systemPrompt: string },
  split: Split,
  ids: ReadonlySet<string>,
): AsyncGenerator<string> {
  for await (const { exampleId, content } of releaseRows(place.releaseId, split))
    if (ids.has(exampleId))
      yield `${trlPromptCompletion.render(content, content.system ?? place.systemPrompt)}\n`;
}

/** Writes the named examples of a split as the trainer reads them. */
export async function writeRows(
  folder: string,
  place: { releaseId: string; systemPrompt: string },
  split: 'training' | 'held_out',
  ids: readonly string[],
): Promise<string> {
  const file = path.join(folder, split === 'training' ? 'train.jsonl' : 'held-out.jsonl');
  try {
    await pipeline(
      Readable.from(lines(place, split, new Set(ids))),
      createWriteStream(file, { mode: 0o600 }),
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
      throw new AppError('UNAVAILABLE', 'errors.diskFull');
    throw error;
  }
  return file;
}
