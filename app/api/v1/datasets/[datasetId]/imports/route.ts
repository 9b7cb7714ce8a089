import { upload } from '@/lib/api/operations/imports';
import { serve } from '@/lib/api/serve';

export const POST = serve(upload);
