import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { fileResponse } from '@/lib/exports/file-response';
import { route } from '@/lib/http';
import { recordAdapterDownload } from '@/lib/models/model-mutations';
import { findModelWorkspace, getModel } from '@/lib/models/model-queries';
import { assertCan } from '@/lib/permissions';
import { requireViewerOf } from '@/lib/session';

/** The adapter with its card, as a zip. */
export const GET = route(async ({ request, params }) => {
  const id = z.uuid().safeParse(params.id);
  if (!id.success) throw new AppError('NOT_FOUND');
  const viewer = await requireViewerOf(() => findModelWorkspace(id.data));
  assertCan(viewer, 'model:download');
  const model = await getModel(viewer, id.data);
  await recordAdapterDownload(viewer, model.id);
  return fileResponse(request, {
    key: model.adapterKey,
    bytes: model.bytes,
    sha256: model.adapterSha256,
    name: `${model.name}.zip`,
    contentType: 'application/zip',
  });
});
