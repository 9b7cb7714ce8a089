import { getTranslations } from 'next-intl/server';
import { downloadHeaders, route } from '@/lib/http';
import { streamBadRows } from '@/lib/imports/bad-rows-csv';
import { recordBadRowsDownload } from '@/lib/imports/import-mutations';
import { requireId } from '@/lib/imports/import-params';
import { getImport } from '@/lib/imports/import-queries';
import { requireViewer } from '@/lib/session';

/** The bad rows as a table with their reason, to be mended and imported again. */
export const GET = route(async ({ params }) => {
  const viewer = await requireViewer(params.workspace ?? '');
  const row = await getImport(viewer, {
    datasetId: requireId(params.datasetId),
    importId: requireId(params.importId),
  });
  await recordBadRowsDownload(viewer, row.id);
  const t = await getTranslations('imports');
  const stream = streamBadRows(viewer, row, {
    line: t('badRows.line'),
    column: t('badRows.column'),
    reason: t('badRows.reason'),
    source: t('badRows.source'),
    reasonOf: (reason) => t(`reasons.${reason}`),
  });
  const name = row.fileName.replace(/\.[A-Za-z0-9]{1,8}$/, '');
  return new Response(stream, {
    headers: downloadHeaders(
      t('badRows.fileName', { name: name.slice(0, 100) }),
      'text/csv; charset=utf-8',
    ),
  });
});
