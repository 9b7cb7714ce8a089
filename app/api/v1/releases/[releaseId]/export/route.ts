import { readExport } from '@/lib/api/operations/releases';
import { serve } from '@/lib/api/serve';

export const GET = serve(readExport);
