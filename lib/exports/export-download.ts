import 'server-only';
import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { getExport, recordDownload } from '@/lib/exports/export-queries';
import { exportQuerySchema } from '@/lib/exports/export-schema';
import { fileResponse } from '@/lib/exports/file-response';
import { fileSize } from '@/lib/files';
import type { RouteContext } from '@/lib/http';
import { findReleaseWorkspace } from '@/lib/releases/release-queries';
import { requireViewerOf, type Viewer } from '@/lib/session';

type Wanted = z.infer<typeof exportQuerySchema> & { releaseId: string };

/** Serves the training file of a release, or its manifest, to the person whose session asks. */
export async function downloadExport(
  { request, params, url }: RouteContext,
  part: 'file' | 'manifest',
): Promise<Response> {
  const id = z.uuid().safeParse(params.id);
  if (!id.success) throw new AppError('NOT_FOUND');
  const releaseId = id.data;
  const viewer = await requireViewerOf(() => findReleaseWorkspace(releaseId));
  const query = exportQuerySchema.safeParse(Object.fromEntries(url.searchParams));
  if (!query.success) throw new AppError('INVALID', 'releases.errors.exportQuery');
  return serveExport(viewer, request, { ...query.data, releaseId, part });
}

/** The same to a viewer. Throws as `getExport` does. */
export async function serveExport(
  viewer: Viewer,
  request: Request,
  { releaseId, format, split, withdrawn, part }: Wanted & { part: 'file' | 'manifest' },
): Promise<Response> {
  const file = await getExport(viewer, {
    releaseId,
    format,
    split,
    acceptWithdrawn: withdrawn === 'accept',
  });
  await recordDownload(viewer, { releaseId, exportId: file.id, part });
  const stem = `${file.datasetName}-release-${file.releaseNumber}-${format}-${split}`;
  return part === 'file'
    ? fileResponse(request, {
        key: file.fileKey,
        bytes: file.bytes,
        sha256: file.sha256,
        name: `${stem}.jsonl`,
        contentType: 'application/jsonl',
      })
    : fileResponse(request, {
        key: file.manifestKey,
        bytes: await fileSize(file.manifestKey),
        sha256: file.manifestSha256,
        name: `${stem}.manifest.jsonl`,
        contentType: 'application/jsonl',
      });
}
