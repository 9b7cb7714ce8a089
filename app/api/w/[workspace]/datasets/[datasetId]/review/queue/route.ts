import { getTimeZone } from 'next-intl/server';
import { parseJson, route } from '@/lib/http';
import { takeFromQueue } from '@/lib/reviews/review-desk';
import { datasetIdSchema, queueRequestSchema } from '@/lib/reviews/review-schema';
import { requireViewer } from '@/lib/session';

/** Leases and loads the next examples of the queue. */
export const POST = route(async ({ request, params }) => {
  const viewer = await requireViewer(params.workspace ?? '');
  const datasetId = datasetIdSchema.parse(params.datasetId);
  const input = await parseJson(request, queueRequestSchema);
  const timeZone = await getTimeZone();
  return Response.json(await takeFromQueue(viewer, { ...input, datasetId, timeZone }));
});
