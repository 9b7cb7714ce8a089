import { AppError } from '@/lib/errors';
import { idSchema, workingCopySaveSchema } from '@/lib/examples/example-schema';
import { discardWorkingCopy, saveWorkingCopy } from '@/lib/examples/working-copy-mutations';
import { parseJson, type RouteContext, route } from '@/lib/http';
import { requireViewer } from '@/lib/session';

const toId = (id: string | undefined) => {
  const parsed = idSchema.safeParse(id);
  if (!parsed.success) throw new AppError('NOT_FOUND');
  return parsed.data;
};

async function save({ request, params }: RouteContext) {
  const viewer = await requireViewer(params.workspace ?? '');
  const id = toId(params.id);
  const body = await parseJson(request, workingCopySaveSchema.omit({ id: true }), 25_000_000);
  return Response.json(await saveWorkingCopy(viewer, { ...body, id }));
}

/** Stores what a person is typing. */
export const PUT = route(save);

/** The same for a tab that closes: a beacon can only post. */
export const POST = route(save);

export const DELETE = route(async ({ params }) => {
  const viewer = await requireViewer(params.workspace ?? '');
  await discardWorkingCopy(viewer, { id: toId(params.id) });
  return new Response(null, { status: 204 });
});
