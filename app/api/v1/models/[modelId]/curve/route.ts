import { readCurve } from '@/lib/api/operations/models';
import { serve } from '@/lib/api/serve';

export const GET = serve(readCurve);
