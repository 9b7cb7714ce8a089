import { LoadingRegion } from '../ui/loading-region';
import { Skeleton } from '../ui/skeleton';

/** The shape of an example on its way to the reviewer. */
export function ReviewSkeleton() {
  return (
    <LoadingRegion>
      <div className="grid items-start gap-x-10 gap-y-6 xl:grid-cols-[minmax(0,5fr)_minmax(0,7fr)_minmax(12rem,3.5fr)]">
        <div className="flex flex-col gap-2">
          <Skeleton className="h-3 w-20" />
          <Skeleton className="h-28 rounded-panel" />
        </div>
        <div className="flex flex-col gap-3">
          <Skeleton className="h-3 w-20" />
          <Skeleton />
          <Skeleton className="w-11/12" />
          <Skeleton className="w-10/12" />
          <Skeleton className="w-7/12" />
        </div>
        <div className="flex flex-col gap-2 max-lg:hidden">
          <Skeleton className="h-3 w-16" />
          <Skeleton className="w-40" />
        </div>
      </div>
    </LoadingRegion>
  );
}
