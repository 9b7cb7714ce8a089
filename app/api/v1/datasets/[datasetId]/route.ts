import { readDataset } from '@/lib/api/operations/datasets';
import { serve } from '@/lib/api/serve';

export const GET = serve(readDataset);
