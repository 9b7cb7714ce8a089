import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { eventStream } from '@/lib/events';
import { route } from '@/lib/http';
import { requireViewerOf, watchViewer } from '@/lib/session';
import { findRunWorkspace, getRun } from '@/lib/training/run-queries';

/** The run page's live state: a stream, or with `?once=1` one answer for pages that poll. */
export const GET = route(async ({ request, params, url }) => {
  const id = z.uuid().safeParse(params.id);
  if (!id.success) throw new AppError('NOT_FOUND');
  const viewer = await requireViewerOf(() => findRunWorkspace(id.data));
  if (url.searchParams.has('once')) return Response.json(await getRun(viewer, id.data));
  const first = await getRun(viewer, id.data);
  const watch = await watchViewer(viewer);
  return eventStream(request, [`run:${first.id}`], async () => getRun(await watch(), first.id));
});
