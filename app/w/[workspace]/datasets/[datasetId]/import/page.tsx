import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ImportList } from '@/components/imports/import-list';
import { ImportStepper } from '@/components/imports/import-stepper';
import { SampleLinks } from '@/components/imports/sample-links';
import { UploadZone } from '@/components/imports/upload-zone';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { orNotFound } from '@/lib/imports/import-page';
import { requireId } from '@/lib/imports/import-params';
import { findImports } from '@/lib/imports/import-queries';
import { requireViewer } from '@/lib/session';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('imports');
  return { title: t('title') };
}

export default async function ImportPage(props: {
  params: Promise<{ workspace: string; datasetId: string }>;
}) {
  const { workspace, datasetId } = await props.params;
  const t = await getTranslations('imports');
  const imports = await orNotFound(async () =>
    findImports(await requireViewer(workspace), requireId(datasetId)),
  );
  return (
    <PageBody>
      <PageHeader title={t('title')} description={t('description')} />
      <ImportStepper current="upload" />
      <div className="flex max-w-3xl flex-col gap-3">
        <UploadZone workspace={workspace} datasetId={datasetId} />
        <SampleLinks address={`/api/w/${workspace}/datasets/${datasetId}/imports`} />
      </div>
      <ImportList imports={imports} href={`/w/${workspace}/datasets/${datasetId}/import`} />
    </PageBody>
  );
}
