import { eventStream } from '@/lib/events';
import { route } from '@/lib/http';
import { requireId } from '@/lib/imports/import-params';
import { getJob } from '@/lib/jobs';
import { requireViewer, watchViewer } from '@/lib/session';

/** A job as it goes on. Rights are looked up again for every message. */
export const GET = route(async ({ request, params }) => {
  const viewer = await requireViewer(params.workspace ?? '');
  const { id } = await getJob(viewer, requireId(params.jobId));
  const watch = await watchViewer(viewer);
  return eventStream(request, [`job:${id}`], async () => getJob(await watch(), id));
});
