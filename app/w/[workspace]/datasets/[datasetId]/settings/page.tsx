import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DatasetSettings } from '@/components/datasets/dataset-settings';
import { FrameCrumb } from '@/components/frame/frame-crumbs';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { countExamplesInUse } from '@/lib/checks/rule-trial-queries';
import { getDataset } from '@/lib/datasets/dataset-queries';
import { forPage, pageViewer } from '@/lib/page';
import { can } from '@/lib/permissions';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('datasets.settings');
  return { title: t('title') };
}

export default async function DatasetSettingsPage({
  params,
}: {
  params: Promise<{ workspace: string; datasetId: string }>;
}) {
  const { workspace, datasetId } = await params;
  const viewer = await pageViewer(workspace);
  const dataset = await forPage(getDataset(viewer, datasetId));
  const examples = await countExamplesInUse(viewer, datasetId);
  const t = await getTranslations('datasets.settings');
  return (
    <PageBody width="reading">
      <FrameCrumb label={t('title')} />
      <PageHeader title={t('title')} />
      {can(viewer.role, 'dataset:manage') ? (
        <DatasetSettings
          key={dataset.version}
          workspace={workspace}
          dataset={dataset}
          examples={examples}
        />
      ) : (
        <p className="text-14 text-ink-2">{t('readOnly')}</p>
      )}
    </PageBody>
  );
}
