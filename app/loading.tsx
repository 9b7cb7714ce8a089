import { LoadingRegion } from '@/components/ui/loading-region';
import { PageBody } from '@/components/ui/page-header';
import { Skeleton, SkeletonRows } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <LoadingRegion>
      <PageBody>
        <Skeleton className="h-7 w-64" />
        <SkeletonRows rows={10} columns={4} />
      </PageBody>
    </LoadingRegion>
  );
}
