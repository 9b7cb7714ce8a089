import { CircleCheck } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { EmptyState } from '@/components/ui/empty-state';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { HomeDatasets } from '@/components/workspaces/home-datasets';
import { HomeTaskList } from '@/components/workspaces/home-task-list';
import { pageViewer } from '@/lib/page';
import { countReviewers, findHomeDatasets } from '@/lib/workspaces/home-queries';
import { homeTasks } from '@/lib/workspaces/home-rules';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('home'))('pageTitle') };
}

export default async function HomePage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const viewer = await pageViewer(workspace);
  const [t, datasets, reviewerCount] = await Promise.all([
    getTranslations('home'),
    findHomeDatasets(viewer),
    countReviewers(viewer),
  ]);
  const tasks = homeTasks({ role: viewer.role, datasets, reviewerCount });
  return (
    <PageBody>
      <PageHeader title={t('title')} />
      {tasks.length === 0 ? (
        <EmptyState
          icon={<CircleCheck />}
          title={t('nothing.title')}
          description={t('nothing.text')}
        />
      ) : (
        <HomeTaskList
          tasks={tasks}
          workspace={workspace}
          userId={viewer.userId}
          datasetNames={Object.fromEntries(datasets.map(({ id, name }) => [id, name]))}
        />
      )}
      {datasets.length > 0 ? (
        <Section title={t('datasets.title')}>
          <HomeDatasets datasets={datasets} workspace={workspace} />
        </Section>
      ) : null}
    </PageBody>
  );
}
