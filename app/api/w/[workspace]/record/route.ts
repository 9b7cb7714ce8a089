import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { exportRecord } from '@/lib/audit/audit-export';
import { recordExportFormats, recordFilterSchema } from '@/lib/audit/audit-schema';
import { AppError } from '@/lib/errors';
import { downloadHeaders, route } from '@/lib/http';
import { requireViewer } from '@/lib/session';

const querySchema = recordFilterSchema.extend({ format: z.enum(recordExportFormats) });

const contentType = { csv: 'text/csv; charset=utf-8', jsonl: 'application/jsonl' } as const;

/** The record, or what a filter finds of it, as CSV or JSON Lines. */
export const GET = route(async ({ params, url }) => {
  const workspace = params.workspace ?? '';
  const viewer = await requireViewer(workspace);
  const query = querySchema.safeParse(Object.fromEntries(url.searchParams));
  if (!query.success) throw new AppError('INVALID');
  const { format, ...filter } = query.data;
  const t = await getTranslations('audit');
  const heading = (key: string) => t(`export.headings.${key}` as never);
  const stream = await exportRecord(viewer, {
    filter,
    format,
    headings: {
      entry: heading('entry'),
      at: heading('at'),
      person: heading('person'),
      personId: heading('personId'),
      via: heading('via'),
      action: heading('action'),
      sentence: heading('sentence'),
      subjectType: heading('subjectType'),
      subjectId: heading('subjectId'),
      data: heading('data'),
      hash: heading('hash'),
      sentenceOf: (action) =>
        t.has(`actions.${action}` as never) ? t(`actions.${action}` as never) : action,
    },
  });
  const name = t('export.fileName', { workspace });
  return new Response(stream, {
    headers: downloadHeaders(`${name}.${format}`, contentType[format]),
  });
});
