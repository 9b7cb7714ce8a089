import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Callout } from '@/components/ui/callout';
import { getDataset } from '@/lib/datasets/dataset-queries';
import { forPage, pageViewer } from '@/lib/page';
import { requireViewer } from '@/lib/session';

interface DatasetLayoutProps {
  params: Promise<{ workspace: string; datasetId: string }>;
  children: React.ReactNode;
}

const loadDataset = async (params: DatasetLayoutProps['params']) => {
  const { workspace, datasetId } = await params;
  return forPage(getDataset(await pageViewer(workspace), datasetId));
};

export async function generateMetadata({ params }: DatasetLayoutProps): Promise<Metadata> {
  const { workspace, datasetId } = await params;
  const dataset = await requireViewer(workspace)
    .then((viewer) => getDataset(viewer, datasetId))
    .catch(() => null);
  // The page that says so needs a title too; what went wrong is for the layout to show.
  if (!dataset) return {};
  const { name } = dataset;
  const t = await getTranslations('frame');
  return { title: { default: name, template: `%s · ${name} · ${t('appName')}` } };
}

/** Everything of one dataset. A stranger gets "does not exist" here, before any page below. */
export default async function DatasetLayout({ params, children }: DatasetLayoutProps) {
  const dataset = await loadDataset(params);
  if (!dataset.archivedAt) return children;
  const t = await getTranslations('datasets');
  return (
    <>
      <div className="px-4 pt-4 sm:px-6">
        <Callout>{t('archivedStrip')}</Callout>
      </div>
      {children}
    </>
  );
}
