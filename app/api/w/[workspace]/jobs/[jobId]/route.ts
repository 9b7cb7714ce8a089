import { route } from '@/lib/http';
import { requireId } from '@/lib/imports/import-params';
import { getJob } from '@/lib/jobs';
import { requireViewer } from '@/lib/session';

/** Where a job stands now; the page polls it when it has lost the stream. */
export const GET = route(async ({ params }) => {
  const viewer = await requireViewer(params.workspace ?? '');
  return Response.json(await getJob(viewer, requireId(params.jobId)));
});
