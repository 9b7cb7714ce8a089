import { AppError } from '@/lib/errors';
import { findRevisions } from '@/lib/examples/example-detail';
import { idSchema } from '@/lib/examples/example-schema';
import { route } from '@/lib/http';
import { requireViewer } from '@/lib/session';

/** The history of an example with its texts. */
export const GET = route(async ({ params }) => {
  const viewer = await requireViewer(params.workspace ?? '');
  const id = idSchema.safeParse(params.id);
  if (!id.success) throw new AppError('NOT_FOUND');
  return Response.json(await findRevisions(viewer, id.data));
});
