import { readJob } from '@/lib/api/operations/jobs';
import { serve } from '@/lib/api/serve';

export const GET = serve(readJob);
