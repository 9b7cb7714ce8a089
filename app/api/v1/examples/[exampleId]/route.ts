import { editExample, readExample } from '@/lib/api/operations/examples';
import { serve } from '@/lib/api/serve';

export const GET = serve(readExample);
export const PUT = serve(editExample);
