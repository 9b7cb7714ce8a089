import { readImport } from '@/lib/api/operations/imports';
import { serve } from '@/lib/api/serve';

export const GET = serve(readImport);
