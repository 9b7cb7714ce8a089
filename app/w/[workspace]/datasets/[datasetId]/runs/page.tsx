import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { RunTable } from '@/components/training/run-table';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { forPage, pageViewer } from '@/lib/page';
import { findRuns } from '@/lib/training/run-queries';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('training');
  return { title: t('title') };
}

export default async function RunsPage({
  params,
}: {
  params: Promise<{ workspace: string; datasetId: string }>;
}) {
  const { workspace, datasetId } = await params;
  const runs = await forPage(findRuns(await pageViewer(workspace), { datasetId }));
  const t = await getTranslations('training');
  return (
    <PageBody>
      {runs.length === 0 ? (
        <EmptyState
          level={1}
          title={t('empty.title')}
          description={t('empty.description')}
          action={
            <LinkButton variant="primary" href={`/w/${workspace}/datasets/${datasetId}/releases`}>
              {t('empty.action')}
            </LinkButton>
          }
        />
      ) : (
        <>
          <PageHeader title={t('title')} description={t('description')} />
          <RunTable workspace={workspace} runs={runs} />
        </>
      )}
    </PageBody>
  );
}
