import { Plus } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ReleaseTable } from '@/components/releases/release-table';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { forPage, pageViewer } from '@/lib/page';
import { findReleases } from '@/lib/releases/release-queries';

type Props = { params: Promise<{ workspace: string; datasetId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('releases');
  return { title: t('title') };
}

export default async function ReleasesPage({ params }: Props) {
  const { workspace, datasetId } = await params;
  const releases = await forPage(findReleases(await pageViewer(workspace), datasetId));
  const t = await getTranslations('releases');
  const base = `/w/${workspace}/datasets/${datasetId}/releases`;
  if (releases.length === 0) {
    return (
      <PageBody>
        <EmptyState
          level={1}
          title={t('empty.title')}
          description={t('empty.description')}
          action={
            <LinkButton variant="primary" href={`${base}/new`}>
              {t('empty.action')}
            </LinkButton>
          }
        />
      </PageBody>
    );
  }
  return (
    <PageBody>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={
          <LinkButton variant="primary" href={`${base}/new`} icon={<Plus aria-hidden="true" />}>
            {t('new')}
          </LinkButton>
        }
      />
      <ReleaseTable base={base} releases={releases} />
    </PageBody>
  );
}
