import { submitExample } from '@/lib/api/operations/examples';
import { serve } from '@/lib/api/serve';

export const POST = serve(submitExample);
