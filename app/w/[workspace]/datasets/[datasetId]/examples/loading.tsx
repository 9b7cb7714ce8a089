import { LoadingRegion } from '@/components/ui/loading-region';
import { Skeleton } from '@/components/ui/skeleton';

const ROWS = Array.from({ length: 14 }, (_, index) => `row-${index}`);

/** The page's own shape: head, filter bar, rows. */
export default function Loading() {
  return (
    <LoadingRegion>
      <div className="flex flex-col gap-3 px-4 py-5 sm:px-6">
        <Skeleton className="h-7 w-40" />
        <Skeleton className="h-8 w-full max-w-md" />
        <div className="mt-2 flex flex-col gap-px">
          {ROWS.map((row) => (
            <Skeleton key={row} className="h-11 w-full" />
          ))}
        </div>
      </div>
    </LoadingRegion>
  );
}
