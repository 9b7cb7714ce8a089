import { downloadExport } from '@/lib/exports/export-download';
import { route } from '@/lib/http';

/** The training file: UTF-8 without BOM, one line per example, ETag = SHA-256, ranges. */
export const GET = route((context) => downloadExport(context, 'file'));
export const HEAD = GET;
