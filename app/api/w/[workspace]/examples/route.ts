import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { getExample } from '@/lib/examples/example-detail';
import { createExample } from '@/lib/examples/example-mutations';
import { getExampleId } from '@/lib/examples/example-queries';
import { exampleCreateSchema, idSchema } from '@/lib/examples/example-schema';
import { parseJson, route } from '@/lib/http';
import { requireViewer } from '@/lib/session';

const querySchema = z.object({
  dataset: idSchema,
  number: z.coerce.number().int().min(1).max(2_147_483_647),
});

/** One example by its number in a dataset. */
export const GET = route(async ({ params, url }) => {
  const viewer = await requireViewer(params.workspace ?? '');
  const query = querySchema.safeParse(Object.fromEntries(url.searchParams));
  if (!query.success) throw new AppError('NOT_FOUND');
  const { dataset: datasetId, number } = query.data;
  const id = await getExampleId(viewer, { datasetId, number });
  return Response.json(await getExample(viewer, id));
});

/** A new example. With an id of the caller's making, safe to repeat. */
export const POST = route(async ({ request, params }) => {
  const viewer = await requireViewer(params.workspace ?? '');
  const input = await parseJson(request, exampleCreateSchema);
  return Response.json(await createExample(viewer, input), { status: 201 });
});
