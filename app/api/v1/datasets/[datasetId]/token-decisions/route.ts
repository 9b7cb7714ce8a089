import { allowDecisions } from '@/lib/api/operations/datasets';
import { serve } from '@/lib/api/serve';

export const PUT = serve(allowDecisions);
