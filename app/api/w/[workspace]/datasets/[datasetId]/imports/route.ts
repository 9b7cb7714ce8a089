import { AppError } from '@/lib/errors';
import { route } from '@/lib/http';
import { createImport } from '@/lib/imports/import-mutations';
import { requireId } from '@/lib/imports/import-params';
import { MAX_IMPORT_BYTES } from '@/lib/imports/import-schema';
import { requireViewer } from '@/lib/session';

const limit = MAX_IMPORT_BYTES / 1_000_000;

/** Takes the raw file as the body, streamed; its name comes percent-encoded in X-File-Name. */
export const POST = route(async ({ request, params }) => {
  const viewer = await requireViewer(params.workspace ?? '');
  if (Number(request.headers.get('content-length') ?? 0) > MAX_IMPORT_BYTES) throw tooLarge();
  if (!request.body) throw new AppError('INVALID', 'imports.errors.emptyFile');
  const row = await createImport(viewer, {
    datasetId: requireId(params.datasetId),
    fileName: decodeName(request.headers.get('x-file-name') ?? ''),
    body: request.body,
  }).catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'TOO_LARGE' ? tooLarge() : error;
  });
  return Response.json(row, { status: 201 });
});

const tooLarge = () => new AppError('TOO_LARGE', 'imports.errors.tooLarge', { limit });

function decodeName(header: string): string {
  try {
    return decodeURIComponent(header);
  } catch {
    throw new AppError('INVALID', 'imports.errors.fileName');
  }
}
