import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AddItem } from '@/components/regression-set/add-item';
import { CanaryList } from '@/components/regression-set/canary-list';
import { KindItems } from '@/components/regression-set/kind-items';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { forPage, pageViewer } from '@/lib/page';
import { findCanaries, findItems } from '@/lib/regression-set/item-queries';
import { regressionKinds } from '@/lib/regression-set/regression-schema';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('regression'))('settings.title') };
}

export default async function RegressionSetPage({
  params,
}: {
  params: Promise<{ workspace: string }>;
}) {
  const { workspace } = await params;
  const viewer = await pageViewer(workspace);
  const [t, { shipped, own }, canaries] = await Promise.all([
    getTranslations('regression'),
    forPage(findItems(viewer)),
    forPage(findCanaries(viewer)),
  ]);
  return (
    <PageBody width="reading">
      <PageHeader
        title={t('settings.title')}
        description={t('settings.description')}
        actions={<AddItem workspace={workspace} />}
      />
      {regressionKinds.map((kind) => (
        <KindItems
          key={kind}
          workspace={workspace}
          kind={kind}
          shipped={shipped.filter((item) => item.kind === kind)}
          own={own.filter(({ item }) => item.kind === kind)}
        />
      ))}
      <CanaryList workspace={workspace} canaries={canaries} />
    </PageBody>
  );
}
