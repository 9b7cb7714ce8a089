import { agreeToBrief } from '@/lib/api/operations/briefs';
import { serve } from '@/lib/api/serve';

export const POST = serve(agreeToBrief);
