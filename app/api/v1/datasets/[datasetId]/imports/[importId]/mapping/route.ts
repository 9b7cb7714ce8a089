import { mapImport } from '@/lib/api/operations/imports';
import { serve } from '@/lib/api/serve';

export const PUT = serve(mapImport);
