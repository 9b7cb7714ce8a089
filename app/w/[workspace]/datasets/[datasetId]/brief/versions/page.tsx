import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { BriefVersions } from '@/components/briefs/brief-versions';
import { FrameCrumb } from '@/components/frame/frame-crumbs';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { findBriefVersions } from '@/lib/datasets/brief-queries';
import { getDataset } from '@/lib/datasets/dataset-queries';
import { forPage, pageViewer } from '@/lib/page';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('brief.versions');
  return { title: t('title') };
}

export default async function BriefVersionsPage({
  params,
}: {
  params: Promise<{ workspace: string; datasetId: string }>;
}) {
  const { workspace, datasetId } = await params;
  const viewer = await pageViewer(workspace);
  await forPage(getDataset(viewer, datasetId));
  const versions = await findBriefVersions(viewer, datasetId);
  const t = await getTranslations('brief.versions');
  return (
    <PageBody>
      <FrameCrumb label={t('title')} />
      <PageHeader title={t('title')} description={t('description')} />
      <BriefVersions
        versions={versions}
        href={`/w/${workspace}/datasets/${datasetId}/brief/versions`}
      />
    </PageBody>
  );
}
