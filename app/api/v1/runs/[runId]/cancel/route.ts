import { stopRun } from '@/lib/api/operations/runs';
import { serve } from '@/lib/api/serve';

export const POST = serve(stopRun);
