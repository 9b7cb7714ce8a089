import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ModelTable } from '@/components/models/model-table';
import { ValidationExpert } from '@/components/models/validation-expert';
import { EmptyState } from '@/components/ui/empty-state';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { findModels } from '@/lib/models/model-queries';
import { findValidationLosses } from '@/lib/models/validation-queries';
import { forPage, pageViewer } from '@/lib/page';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('models');
  return { title: t('title') };
}

export default async function ModelsPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const viewer = await pageViewer(workspace);
  const [models, losses] = await forPage(
    Promise.all([findModels(viewer), findValidationLosses(viewer)]),
  );
  const t = await getTranslations('models');
  return (
    <PageBody>
      {models.length === 0 ? (
        <EmptyState level={1} title={t('empty.title')} description={t('empty.description')} />
      ) : (
        <>
          <PageHeader title={t('title')} description={t('description')} />
          <ModelTable workspace={workspace} models={models} />
          <ValidationExpert models={models} losses={losses} />
        </>
      )}
    </PageBody>
  );
}
