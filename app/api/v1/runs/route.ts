import { listRuns } from '@/lib/api/operations/runs';
import { serve } from '@/lib/api/serve';

export const GET = serve(listRuns);
