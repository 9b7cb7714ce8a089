import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ReviewDesk } from '@/components/reviews/review-desk';
import { ReviewNotAllowed } from '@/components/reviews/review-not-allowed';
import { getCurrentBrief } from '@/lib/datasets/brief-queries';
import { getDataset } from '@/lib/datasets/dataset-queries';
import { forPage, pageViewer } from '@/lib/page';
import { can } from '@/lib/permissions';
import { findQueueTopics, findRecentReasons } from '@/lib/reviews/queue-queries';
import { parseQueueFilter } from '@/lib/reviews/review-schema';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('reviews');
  return { title: t('title') };
}

type Props = {
  params: Promise<{ workspace: string; datasetId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function ReviewPage({ params, searchParams }: Props) {
  const { workspace, datasetId } = await params;
  const viewer = await pageViewer(workspace);
  await forPage(getDataset(viewer, datasetId));
  if (!can(viewer.role, 'review:decide')) {
    return <ReviewNotAllowed workspace={workspace} datasetId={datasetId} />;
  }
  const [brief, topics, reasons] = await Promise.all([
    getCurrentBrief(viewer, datasetId),
    findQueueTopics(viewer, datasetId),
    findRecentReasons(viewer, datasetId),
  ]);
  return (
    <ReviewDesk
      workspace={workspace}
      datasetId={datasetId}
      userId={viewer.userId}
      filter={parseQueueFilter(await searchParams)}
      topics={topics}
      reasons={reasons}
      brief={{
        task: brief?.task ?? '',
        guidelines: brief?.guidelines ?? '',
        rules: brief?.rules ?? [],
        slots: brief?.slots ?? [],
      }}
      canInvite={can(viewer.role, 'people:manage')}
    />
  );
}
