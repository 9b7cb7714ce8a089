import { CircleCheck } from 'lucide-react';
import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import { EmptyState } from '@/components/ui/empty-state';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { DISMISSED, firstStepsCookie } from '@/components/workspaces/first-steps-cookie';
import { HomeDatasets } from '@/components/workspaces/home-datasets';
import { HomeFirstSteps } from '@/components/workspaces/home-first-steps';
import { HomeTaskList } from '@/components/workspaces/home-task-list';
import { pageViewer } from '@/lib/page';
import { findVoteTasks } from '@/lib/proofs/vote-task-queries';
import { findFirstSteps } from '@/lib/workspaces/first-steps-queries';
import { countReviewers, findHomeDatasets } from '@/lib/workspaces/home-queries';
import { homeTasks } from '@/lib/workspaces/home-rules';
import { getWorkspace } from '@/lib/workspaces/workspace-queries';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('home'))('pageTitle') };
}

export default async function HomePage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const viewer = await pageViewer(workspace);
  const isDismissed = (await cookies()).get(firstStepsCookie(workspace))?.value === DISMISSED;
  const [t, datasets, reviewerCount, votes, steps, { isSample }] = await Promise.all([
    getTranslations('home'),
    findHomeDatasets(viewer),
    countReviewers(viewer),
    findVoteTasks(viewer),
    isDismissed ? null : findFirstSteps(viewer),
    getWorkspace(viewer),
  ]);
  const tasks = homeTasks({ role: viewer.role, datasets, reviewerCount, votes });
  const waiting =
    tasks.length === 0 ? (
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
    );
  return (
    <PageBody>
      <PageHeader title={t('title')} />
      {steps ? <HomeFirstSteps steps={steps} workspace={workspace} isSample={isSample} /> : null}
      {steps ? <Section title={t('waiting')}>{waiting}</Section> : waiting}
      {datasets.length > 0 ? (
        <Section title={t('datasets.title')}>
          <HomeDatasets datasets={datasets} workspace={workspace} />
        </Section>
      ) : null}
    </PageBody>
  );
}
