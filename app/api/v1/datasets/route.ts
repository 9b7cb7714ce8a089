import { listDatasets, makeDataset } from '@/lib/api/operations/datasets';
import { serve } from '@/lib/api/serve';

export const GET = serve(listDatasets);
export const POST = serve(makeDataset);
