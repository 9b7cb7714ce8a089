import 'server-only';
import { AppError } from '@/lib/errors';
import { createImport } from '@/lib/imports/import-mutations';
import { MAX_IMPORT_BYTES } from '@/lib/imports/import-schema';
import type { Viewer } from '@/lib/session';

const limit = MAX_IMPORT_BYTES / 1_000_000;

type Upload = {
  datasetId: string;
  headers: Headers;
  body: AsyncIterable<Uint8Array> | null;
  id?: string;
};

/**
 * Takes the raw file as the body of a request, streamed; its name comes percent-encoded in
 * X-File-Name. Throws as `createImport` does.
 */
export async function receiveImport(
  viewer: Viewer,
  { headers, body, ...place }: Upload,
): Promise<{ id: string }> {
  if (Number(headers.get('content-length') ?? 0) > MAX_IMPORT_BYTES) throw tooLarge();
  if (!body) throw new AppError('INVALID', 'imports.errors.emptyFile');
  return createImport(viewer, {
    ...place,
    fileName: decodeName(headers.get('x-file-name') ?? ''),
    body,
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
