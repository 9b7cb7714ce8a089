import { LoadingRegion } from '../ui/loading-region';
import { PageBody } from '../ui/page-header';
import { Skeleton, SkeletonRows } from '../ui/skeleton';

/**
 * The shape of a page with a list, as the fallback of a `Suspense` around the slow part. Not as a
 * `loading.tsx`: once that has been sent, a page that is not there can no longer answer 404.
 */
export function PageLoading() {
  return (
    <LoadingRegion>
      <PageBody>
        <Skeleton className="h-7 w-64" />
        <SkeletonRows rows={10} columns={4} />
      </PageBody>
    </LoadingRegion>
  );
}
