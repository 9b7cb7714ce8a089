import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { route } from '@/lib/http';
import { requireId } from '@/lib/imports/import-params';
import { getImport, getImportPreview } from '@/lib/imports/import-queries';
import { mappingSchema } from '@/lib/imports/import-schema';
import { requireViewer } from '@/lib/session';

const query = z.object({
  importId: z.uuid(),
  mapping: z
    .string()
    .max(10_000)
    .transform((text) => JSON.parse(text) as unknown)
    .pipe(mappingSchema),
});

/** The first rows of the file under a mapping that need not be stored. */
export const GET = route(async ({ params, url }) => {
  const viewer = await requireViewer(params.workspace ?? '');
  const parsed = await query
    .safeParseAsync({ importId: params.importId, mapping: url.searchParams.get('mapping') })
    .catch(() => ({ success: false as const }));
  if (!parsed.success) throw new AppError('NOT_FOUND');
  const { importId, mapping } = parsed.data;
  await getImport(viewer, { datasetId: requireId(params.datasetId), importId });
  return Response.json(await getImportPreview(viewer, { importId, mapping }));
});
