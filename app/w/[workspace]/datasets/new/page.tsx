import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { DatasetForm } from '@/components/datasets/dataset-form';
import { FrameCrumb } from '@/components/frame/frame-crumbs';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { pageViewer } from '@/lib/page';
import { can } from '@/lib/permissions';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('datasets.new');
  return { title: t('title') };
}

export default async function NewDatasetPage({
  params,
}: {
  params: Promise<{ workspace: string }>;
}) {
  const { workspace } = await params;
  const viewer = await pageViewer(workspace);
  if (!can(viewer.role, 'dataset:create')) notFound();
  const t = await getTranslations('datasets.new');
  return (
    <PageBody>
      <FrameCrumb label={t('title')} />
      <PageHeader title={t('title')} description={t('description')} />
      <div className="grid gap-x-16 gap-y-8 lg:grid-cols-[minmax(0,40rem)_minmax(0,20rem)]">
        <DatasetForm workspace={workspace} />
        <aside className="text-14">
          <h2 className="font-semibold">{t('whatNext')}</h2>
          <ol className="mt-2 flex list-decimal flex-col gap-2 ps-5 text-ink-2">
            <li>{t('next.brief')}</li>
            <li>{t('next.examples')}</li>
            <li>{t('next.review')}</li>
          </ol>
        </aside>
      </div>
    </PageBody>
  );
}
