import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { parseJson, route } from '@/lib/http';
import { findReleaseWorkspace } from '@/lib/releases/release-queries';
import { requireViewerOf } from '@/lib/session';
import { createQuote } from '@/lib/training/quote-mutations';
import { quoteCreateSchema } from '@/lib/training/run-schema';

/** What a run of this release would take. Starts nothing. */
export const POST = route(async ({ request, params }) => {
  const id = z.uuid().safeParse(params.id);
  if (!id.success) throw new AppError('NOT_FOUND');
  const viewer = await requireViewerOf(() => findReleaseWorkspace(id.data));
  const input = await parseJson(request, quoteCreateSchema);
  return Response.json(await createQuote(viewer, { releaseId: id.data, ...input }), {
    status: 201,
  });
});
