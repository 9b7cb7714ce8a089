import { listExamples, writeExample } from '@/lib/api/operations/examples';
import { serve } from '@/lib/api/serve';

export const GET = serve(listExamples);
export const POST = serve(writeExample);
