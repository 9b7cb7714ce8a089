import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { parseJson, route } from '@/lib/http';
import { findReleaseWorkspace } from '@/lib/releases/release-queries';
import { requireViewerOf } from '@/lib/session';
import { createRun } from '@/lib/training/run-mutations';
import { idempotencyKeySchema, runCreateSchema } from '@/lib/training/run-schema';

/** Starts the run of a quote. Needs an Idempotency-Key; repeating the request answers the same run. */
export const POST = route(async ({ request, params }) => {
  const id = z.uuid().safeParse(params.id);
  if (!id.success) throw new AppError('NOT_FOUND');
  const viewer = await requireViewerOf(() => findReleaseWorkspace(id.data));
  const key = idempotencyKeySchema.safeParse(request.headers.get('idempotency-key'));
  if (!key.success) throw new AppError('INVALID', 'training.errors.noIdempotencyKey');
  const input = await parseJson(request, runCreateSchema);
  return Response.json(
    await createRun(viewer, { releaseId: id.data, idempotencyKey: key.data, ...input }),
    {
      status: 201,
    },
  );
});
