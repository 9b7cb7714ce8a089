import { getTimeZone } from 'next-intl/server';
import { parseJson, route } from '@/lib/http';
import { findMyDecisions } from '@/lib/reviews/queue-queries';
import { takeDecision, takeFromQueue } from '@/lib/reviews/review-desk';
import { datasetIdSchema, decisionRequestSchema } from '@/lib/reviews/review-schema';
import { requireViewer } from '@/lib/session';

/** The viewer's own decisions of today. */
export const GET = route(async ({ params }) => {
  const viewer = await requireViewer(params.workspace ?? '');
  const datasetId = datasetIdSchema.parse(params.datasetId);
  const decisions = await findMyDecisions(viewer, { datasetId, timeZone: await getTimeZone() });
  return Response.json({ decisions });
});

/** One decision, and the examples that fill the place that it frees. */
export const POST = route(async ({ request, params }) => {
  const viewer = await requireViewer(params.workspace ?? '');
  const datasetId = datasetIdSchema.parse(params.datasetId);
  const { decision, next } = await parseJson(request, decisionRequestSchema);
  const result = await takeDecision(viewer, { datasetId, decision });
  const timeZone = await getTimeZone();
  const desk = next ? await takeFromQueue(viewer, { ...next, datasetId, timeZone }) : null;
  return Response.json({ result, desk });
});
