import { downloadHeaders, route } from '@/lib/http';
import { toCanaryFile } from '@/lib/regression-set/canary-file';
import { exportCanaries } from '@/lib/regression-set/item-mutations';
import { requireViewer } from '@/lib/session';

/** The canaries of the workspace, as a file to import as examples. */
export const GET = route(async ({ params }) => {
  const viewer = await requireViewer(params.workspace ?? '');
  const canaries = await exportCanaries(viewer);
  return new Response(toCanaryFile(canaries), {
    headers: downloadHeaders('canaries.csv', 'text/csv; charset=utf-8'),
  });
});
