import { readResult } from '@/lib/api/operations/proofs';
import { serve } from '@/lib/api/serve';

export const GET = serve(readResult);
