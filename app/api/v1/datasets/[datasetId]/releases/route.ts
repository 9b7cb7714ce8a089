import { listReleases, makeRelease } from '@/lib/api/operations/releases';
import { serve } from '@/lib/api/serve';

export const GET = serve(listReleases);
export const POST = serve(makeRelease);
