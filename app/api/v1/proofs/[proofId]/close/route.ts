import { endProof } from '@/lib/api/operations/proofs';
import { serve } from '@/lib/api/serve';

export const POST = serve(endProof);
