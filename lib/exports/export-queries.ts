import 'server-only';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import type { ExportFormat } from '@/lib/exports/writers';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';

export type ExportFile = {
  id: string;
  releaseNumber: number;
  datasetName: string;
  fileKey: string;
  sha256: string;
  bytes: number;
  manifestKey: string;
  manifestSha256: string;
};

/**
 * The stored file of a release. Approvals that were withdrawn since the freeze must be accepted
 * by the caller: `acceptWithdrawn`. Throws NOT_FOUND, or CONFLICT with their count.
 */
export async function getExport(
  viewer: Viewer,
  input: {
    releaseId: string;
    format: ExportFormat;
    split: 'training' | 'validation';
    acceptWithdrawn: boolean;
  },
): Promise<ExportFile> {
  assertCan(viewer, 'export:download');
  const file = await db.export.findFirst({
    where: {
      releaseId: input.releaseId,
      format: input.format,
      split: input.split,
      workspaceId: viewer.workspaceId,
      release: { state: 'frozen' },
    },
    select: {
      id: true,
      fileKey: true,
      sha256: true,
      bytes: true,
      manifestKey: true,
      manifestSha256: true,
      release: { select: { number: true, dataset: { select: { name: true } } } },
    },
  });
  if (!file) throw new AppError('NOT_FOUND');
  if (!input.acceptWithdrawn) {
    const [row] = await db.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS "count" FROM "ReleaseItem" i JOIN "Review" w ON w."withdrawsId" = i."reviewId"
      WHERE i."releaseId" = ${input.releaseId}::uuid`;
    const count = row?.count ?? 0;
    if (count > 0)
      throw new AppError(
        'CONFLICT',
        'releases.errors.withdrawn',
        { count },
        { data: { withdrawn: count } },
      );
  }
  const { release, bytes, ...rest } = file;
  return {
    ...rest,
    bytes: Number(bytes),
    releaseNumber: release.number,
    datasetName: release.dataset.name,
  };
}

/** Writes into the record that somebody took a file. Part of a download counts like the whole. */
export async function recordDownload(
  viewer: Viewer,
  input: { releaseId: string; exportId: string; part: 'file' | 'manifest' },
): Promise<void> {
  await db.$transaction((tx) =>
    recordAudit(tx, viewer, {
      action: 'export.downloaded',
      subjectType: 'export',
      subjectId: input.exportId,
      data: { releaseId: input.releaseId, part: input.part },
    }),
  );
}
