import { parseJson, route } from '@/lib/http';
import { releaseClaims, renewClaims } from '@/lib/reviews/claim-mutations';
import { claimRequestSchema, datasetIdSchema } from '@/lib/reviews/review-schema';
import { requireViewer } from '@/lib/session';

/** Renews leases while the page is open, gives them back when it is left. */
export const POST = route(async ({ request, params }) => {
  const viewer = await requireViewer(params.workspace ?? '');
  const datasetId = datasetIdSchema.parse(params.datasetId);
  const { action, exampleIds } = await parseJson(request, claimRequestSchema);
  if (action === 'renew') {
    return Response.json({ held: await renewClaims(viewer, { datasetId, exampleIds }) });
  }
  await releaseClaims(viewer, { datasetId, exampleIds });
  return Response.json({ held: [] });
});
