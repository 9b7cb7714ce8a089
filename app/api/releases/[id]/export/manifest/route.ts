import { downloadExport } from '@/lib/exports/export-download';
import { route } from '@/lib/http';

/** The signed manifest of the training file. */
export const GET = route((context) => downloadExport(context, 'manifest'));
export const HEAD = GET;
