import { route } from '@/lib/http';
import { requireId } from '@/lib/imports/import-params';
import { receiveImport } from '@/lib/imports/import-upload';
import { requireViewer } from '@/lib/session';

/** Takes the raw file as the body, streamed. */
export const POST = route(async ({ request, params }) => {
  const viewer = await requireViewer(params.workspace ?? '');
  const made = await receiveImport(viewer, {
    datasetId: requireId(params.datasetId),
    headers: request.headers,
    body: request.body,
  });
  return Response.json(made, { status: 201 });
});
