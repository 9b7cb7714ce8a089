import { ReviewSkeleton } from '@/components/reviews/review-skeleton';
import { PageBody } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <PageBody>
      <Skeleton className="h-7 w-48" />
      <ReviewSkeleton />
    </PageBody>
  );
}
