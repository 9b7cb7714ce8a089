import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { route } from '@/lib/http';
import { requireViewerOf } from '@/lib/session';
import { cancelRun } from '@/lib/training/run-mutations';
import { findRunWorkspace } from '@/lib/training/run-queries';

/** Asks a run to stop. Repeating the request changes nothing. */
export const POST = route(async ({ params }) => {
  const id = z.uuid().safeParse(params.id);
  if (!id.success) throw new AppError('NOT_FOUND');
  const viewer = await requireViewerOf(() => findRunWorkspace(id.data));
  await cancelRun(viewer, id.data);
  return new Response(null, { status: 204 });
});
