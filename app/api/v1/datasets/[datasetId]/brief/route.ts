import { readBrief, writeBrief } from '@/lib/api/operations/briefs';
import { serve } from '@/lib/api/serve';

export const GET = serve(readBrief);
export const PUT = serve(writeBrief);
