import { decide } from '@/lib/api/operations/reviews';
import { serve } from '@/lib/api/serve';

export const POST = serve(decide);
