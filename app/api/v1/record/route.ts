import { listRecord } from '@/lib/api/operations/record';
import { serve } from '@/lib/api/serve';

export const GET = serve(listRecord);
