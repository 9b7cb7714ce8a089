import { route } from '@/lib/http';
import { requireId } from '@/lib/imports/import-params';
import { cancelJob } from '@/lib/jobs';
import { requireViewer } from '@/lib/session';

/** Asks a job to stop at its next safe point. Throws NOT_FOUND once it has ended. */
export const POST = route(async ({ params }) => {
  const viewer = await requireViewer(params.workspace ?? '');
  await cancelJob(viewer, requireId(params.jobId));
  return new Response(null, { status: 204 });
});
