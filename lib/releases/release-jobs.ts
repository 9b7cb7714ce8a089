import 'server-only';
import { z } from 'zod';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db } from '@/lib/db';
import { defineJob } from '@/lib/jobs';
import { freezeItems, publishRelease } from '@/lib/releases/release-freeze';
import { countLines, everyFile, renderFiles } from '@/lib/releases/release-render';

/** Freezes a release: fixes its rows in one moment, renders every file, publishes all at once. */
export const releaseFreezeJob = defineJob({
  kind: 'release.freeze',
  input: z.object({ reserveMore: z.boolean().optional() }),
  async run({ viewer, subjectId: releaseId, input, progress, signal }) {
    await progress(0, null, 'placing');
    await freezeItems(viewer, releaseId, input);
    // Delivered again after it was published: rendering once more would leave files that nobody holds.
    const published = await db.export.count({ where: { releaseId } });
    if (published > 0) return { files: published };
    const total = await countLines(releaseId);
    let done = 0;
    const timer = setInterval(
      () => void progress(done, total, 'rendering').catch(() => undefined),
      500,
    );
    try {
      const files = await renderFiles({
        releaseId,
        files: everyFile,
        signal,
        onRow: () => {
          done += 1;
        },
      });
      await progress(total, total, 'rendering');
      await publishRelease(viewer, releaseId, files);
      return { files: files.length };
    } finally {
      clearInterval(timer);
    }
  },
  async onEnd({ subjectId, begun, state, error }) {
    await db.$transaction(async (tx) => {
      const { count } = await tx.release.updateMany({
        where: { id: subjectId, workspaceId: begun.workspaceId, state: 'freezing' },
        data: { state: 'failed' },
      });
      if (count === 0) return;
      await recordAudit(tx, begun, {
        action: 'release.refused',
        subjectType: 'release',
        subjectId,
        data: { state, reason: error?.messageKey ?? 'unexpected' },
      });
    });
  },
});
