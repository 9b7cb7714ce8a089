import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AddItem } from '@/components/regression-set/add-item';
import { KindItems } from '@/components/regression-set/kind-items';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { forPage, pageViewer } from '@/lib/page';
import { regressionSet } from '@/lib/regression-set';
import { findItems } from '@/lib/regression-set/item-queries';
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
  const [t, { shipped, own }] = await Promise.all([
    getTranslations('regression'),
    forPage(findItems(viewer)),
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
      <Section title={t('settings.canaries')} description={t('settings.canariesText')}>
        <ul className="list-disc ps-5 text-14" translate="no">
          {regressionSet.canaries.map(({ id, prompt }) => (
            <li key={id}>{prompt}</li>
          ))}
        </ul>
      </Section>
    </PageBody>
  );
}
