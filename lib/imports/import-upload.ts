import 'server-only';
import { AppError } from '@/lib/errors';
import { createImport } from '@/lib/imports/import-mutations';
import { MAX_IMPORT_BYTES } from '@/lib/imports/import-schema';
import type { Viewer } from '@/lib/session';

const limit = MAX_IMPORT_BYTES / 1_000_000;

/**
 * Takes the raw file as the body of a request, streamed; its name comes percent-encoded in
 * X-File-Name. Throws as `createImport` does.
 */
export async function receiveImport(
  viewer: Viewer,
  request: Request,
  datasetId: string,
): Promise<{ id: string }> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_IMPORT_BYTES) throw tooLarge();
  if (!request.body) throw new AppError('INVALID', 'imports.errors.emptyFile');
  return createImport(viewer, {
    datasetId,
    fileName: decodeName(request.headers.get('x-file-name') ?? ''),
    body: request.body,
  }).catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'TOO_LARGE' ? tooLarge() : error;
  });
}

const tooLarge = () => new AppError('TOO_LARGE', 'imports.errors.tooLarge', { limit });

function decodeName(header: string): string {
  try {
    return decodeURIComponent(header);
  } catch {
    throw new AppError('INVALID', 'imports.errors.fileName');
  }
}
