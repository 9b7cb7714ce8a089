import { AppError } from '@/lib/errors';
import { getExample } from '@/lib/examples/example-detail';
import { saveRevision } from '@/lib/examples/example-mutations';
import { idSchema, revisionSaveSchema } from '@/lib/examples/example-schema';
import { parseJson, route } from '@/lib/http';
import { requireViewer } from '@/lib/session';

const toId = (id: string | undefined) => {
  const parsed = idSchema.safeParse(id);
  if (!parsed.success) throw new AppError('NOT_FOUND');
  return parsed.data;
};

/** One example whole. */
export const GET = route(async ({ params }) => {
  const viewer = await requireViewer(params.workspace ?? '');
  return Response.json(await getExample(viewer, toId(params.id)));
});

/** Saves what a person typed; safe to repeat. 409 carries what somebody else saved first. */
export const PUT = route(async ({ request, params }) => {
  const viewer = await requireViewer(params.workspace ?? '');
  const id = toId(params.id);
  const body = await parseJson(request, revisionSaveSchema.omit({ id: true }), 25_000_000);
  return Response.json(await saveRevision(viewer, { ...body, id }));
});
