import { downloadHeaders, route } from '@/lib/http';
import { importSamples } from '@/lib/imports/import-samples';
import { assertCan } from '@/lib/permissions';
import { requireViewer } from '@/lib/session';

/** A small file to try an import with. */
export const GET = route(async ({ params, url }) => {
  const viewer = await requireViewer(params.workspace ?? '');
  assertCan(viewer, 'import:create');
  const sample = importSamples[url.searchParams.get('format') === 'jsonl' ? 'jsonl' : 'csv'];
  return new Response(sample.text, { headers: downloadHeaders(sample.fileName, sample.type) });
});
