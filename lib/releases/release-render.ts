import 'server-only';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { sealPending } from '@/lib/audit/sealer';
import { findHead } from '@/lib/audit/sealing';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { renderExport } from '@/lib/exports/export-render';
import type { ManifestHeader } from '@/lib/exports/manifest';
import { writers } from '@/lib/exports/writers';
import { type RenderedFile, toExportRow } from '@/lib/releases/release-freeze';
import { releaseCountsSchema } from '@/lib/releases/release-schema';
import { sha256 } from '@/lib/secrets';
import type { Viewer } from '@/lib/session';
import { version } from '@/package.json';

export const renderedSplits = ['training', 'validation'] as const;
type RenderedSplit = (typeof renderedSplits)[number];

/** One training file to write: a format of one part of a release. */
export type FileWanted = { writer: (typeof writers)[number]; split: RenderedSplit };

export const everyFile: FileWanted[] = writers.flatMap((writer) =>
  renderedSplits.map((split) => ({ writer, split })),
);

async function loadRelease(releaseId: string) {
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
          approvedVia: true,
        },
      },
    },
  });
  const { frozenAt, brief } = release;
  const { approvedById, approvedAt, approvedVia } = brief;
  if (!frozenAt || !approvedById || !approvedAt || !approvedVia) throw new AppError('NOT_FOUND');
  return { ...release, frozenAt, brief: { ...brief, approvedById, approvedAt, approvedVia } };
}

/**
 * The last entry of the workspace's record, sealed up to this moment: each manifest carries it out
 * of the house, so that a record which is cut or rolled back shows against old manifests too.
 */
async function readRecordHead(workspaceId: string): Promise<ManifestHeader['record']> {
  await sealPending();
  return (await findHead(workspaceId)) ?? undefined;
}

/** The head of a manifest. Its keys stand in the order in which they are written. */
function toHeader(
  release: Awaited<ReturnType<typeof loadRelease>>,
  file: { releaseId: string; wanted: FileWanted; erased: number; record: ManifestHeader['record'] },
): ManifestHeader {
  const { brief } = release;
  return {
    kind: 'header',
    manifestVersion: 3,
    app: `apprentice ${version}`,
    workspaceId: release.workspaceId,
    datasetId: release.datasetId,
    releaseId: file.releaseId,
    releaseNumber: release.number,
    frozenAt: release.frozenAt.toISOString(),
    format: file.wanted.writer.id,
    split: file.wanted.split,
    brief: {
      id: brief.id,
      version: brief.version,
      systemPromptSha256: sha256(brief.systemPrompt),
      authorId: brief.authorId,
      approvedById: brief.approvedById,
      approvedAt: brief.approvedAt.toISOString(),
      approvedVia: brief.approvedVia,
    },
    ...(file.record ? { record: file.record } : {}),
    ...(file.erased > 0 ? { erased: file.erased } : {}),
  };
}

/** Rows of a release that were erased since it was frozen, by part. */
async function countErasedRows(releaseId: string): Promise<Map<string, number>> {
  const rows = await db.erasedItem.groupBy({
    by: ['split'],
    where: { releaseId },
    _count: { _all: true },
  });
  return new Map(rows.map((row) => [row.split, row._count._all]));
}

/** Writes training files of a frozen release with their manifests. `onRow` counts lines. */
export async function renderFiles(input: {
  releaseId: string;
  files: readonly FileWanted[];
  signal: AbortSignal;
  onRow?: () => void;
}): Promise<RenderedFile[]> {
  const { releaseId, files, signal, onRow } = input;
  const release = await loadRelease(releaseId);
  const [record, erased] = await Promise.all([
    readRecordHead(release.workspaceId),
    countErasedRows(releaseId),
  ]);
  const rendered: RenderedFile[] = [];
  for (const wanted of files) {
    const { writer, split } = wanted;
    const file = await renderExport({
      header: toHeader(release, { releaseId, wanted, erased: erased.get(split) ?? 0, record }),
      systemPrompt: release.brief.systemPrompt,
      writer,
      split,
      releaseId,
      signal,
      ...(onRow ? { onRow } : {}),
    });
    rendered.push({ format: writer.id, split, ...file });
  }
  return rendered;
}

/** How many lines all files of a release have together. */
export async function countLines(releaseId: string): Promise<number> {
  const { counts } = await loadRelease(releaseId);
  const { training, validation } = releaseCountsSchema.parse(counts);
  return writers.length * (training + validation);
}

/**
 * Writes the files that a frozen release has lost to an erasure again, from the rows that are left.
 * Safe to repeat: only what is missing is written.
 */
export async function renderMissingFiles(
  actor: Pick<Viewer, 'userId' | 'workspaceId' | 'via'>,
  input: { releaseId: string; signal: AbortSignal },
): Promise<void> {
  const { releaseId, signal } = input;
  const present = await db.export.findMany({
    where: { releaseId, workspaceId: actor.workspaceId },
    select: { format: true, split: true },
  });
  const files = everyFile.filter(
    ({ writer, split }) =>
      !present.some((file) => file.format === writer.id && file.split === split),
  );
  if (files.length === 0) return;
  const rendered = await renderFiles({ releaseId, files, signal });
  await db.$transaction(async (tx) => {
    await tx.export.createMany({
      data: rendered.map((file) => toExportRow(actor.workspaceId, releaseId, file)),
    });
    await recordAudit(tx, actor, {
      action: 'release.files_redone',
      subjectType: 'release',
      subjectId: releaseId,
      data: { files: rendered.length },
    });
  });
}
