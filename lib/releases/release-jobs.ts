import 'server-only';
import { z } from 'zod';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { renderExport } from '@/lib/exports/export-render';
import type { ManifestHeader } from '@/lib/exports/manifest';
import { writers } from '@/lib/exports/writers';
import { defineJob } from '@/lib/jobs';
import { freezeItems, publishRelease, type RenderedFile } from '@/lib/releases/release-freeze';
import { releaseCountsSchema } from '@/lib/releases/release-schema';
import { sha256 } from '@/lib/secrets';
import { version } from '@/package.json';

const renderedSplits = ['training', 'validation'] as const;

/** What stands at the head of every manifest of a release, without format and split. */
async function loadHeader(releaseId: string) {
  const release = await db.release.findUniqueOrThrow({
    where: { id: releaseId },
    select: {
      workspaceId: true,
      datasetId: true,
      number: true,
      frozenAt: true,
      counts: true,
      brief: {
        select: {
          id: true,
          version: true,
          systemPrompt: true,
          authorId: true,
          approvedById: true,
          approvedAt: true,
        },
      },
    },
  });
  const { brief } = release;
  if (!release.frozenAt || !brief.approvedById || !brief.approvedAt)
    throw new AppError('NOT_FOUND');
  return {
    counts: releaseCountsSchema.parse(release.counts),
    systemPrompt: brief.systemPrompt,
    header: {
      kind: 'header' as const,
      manifestVersion: 1 as const,
      app: `apprentice ${version}`,
      workspaceId: release.workspaceId,
      datasetId: release.datasetId,
      releaseId,
      releaseNumber: release.number,
      frozenAt: release.frozenAt.toISOString(),
      brief: {
        id: brief.id,
        version: brief.version,
        systemPromptSha256: sha256(brief.systemPrompt),
        authorId: brief.authorId,
        approvedById: brief.approvedById,
        approvedAt: brief.approvedAt.toISOString(),
      },
    },
  };
}

/** Freezes a release: fixes its rows in one snapshot, renders every file, publishes all at once. */
export const releaseFreezeJob = defineJob({
  kind: 'release.freeze',
  input: z.object({}),
  async run({ viewer, subjectId: releaseId, progress, signal }) {
    await progress(0, null, 'placing');
    await freezeItems(viewer, releaseId);
    const { header, systemPrompt, counts } = await loadHeader(releaseId);
    const total = writers.length * (counts.training + counts.validation);
    let done = 0;
    const files: RenderedFile[] = [];
    for (const writer of writers) {
      for (const split of renderedSplits) {
        const {
          kind,
          manifestVersion,
          app,
          workspaceId,
          datasetId,
          releaseNumber,
          frozenAt,
          brief,
        } = header;
        const fileHeader: ManifestHeader = {
          kind,
          manifestVersion,
          app,
          workspaceId,
          datasetId,
          releaseId,
          releaseNumber,
          frozenAt,
          format: writer.id,
          split,
          brief,
        };
        const timer = setInterval(
          () => void progress(done, total, 'rendering').catch(() => undefined),
          500,
        );
        try {
          const rendered = await renderExport({
            header: fileHeader,
            systemPrompt,
            writer,
            split,
            releaseId,
            signal,
            onRow: () => {
              done += 1;
            },
          });
          files.push({ format: writer.id, split, ...rendered });
        } finally {
          clearInterval(timer);
        }
      }
    }
    await progress(total, total, 'rendering');
    await publishRelease(viewer, releaseId, files);
    return { files: files.length };
  },
  async onEnd({ subjectId, viewer, state, error }) {
    if (!viewer) return;
    await db.$transaction(async (tx) => {
      const { count } = await tx.release.updateMany({
        where: { id: subjectId, workspaceId: viewer.workspaceId, state: 'freezing' },
        data: { state: 'failed' },
      });
      if (count === 0) return;
      await recordAudit(tx, viewer, {
        action: 'release.refused',
        subjectType: 'release',
        subjectId,
        data: { state, reason: error?.messageKey ?? 'unexpected' },
      });
    });
  },
});
