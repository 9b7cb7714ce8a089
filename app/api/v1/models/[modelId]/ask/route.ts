import { ask } from '@/lib/api/operations/models';
import { serve } from '@/lib/api/serve';

export const POST = serve(ask);
