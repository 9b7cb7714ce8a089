import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { FindLine } from '@/components/lineage/find-line';
import { FindPerson } from '@/components/lineage/find-person';
import { UnfinishedErasures } from '@/components/lineage/unfinished-erasures';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { findUnfinishedErasures } from '@/lib/lineage/erasure-queries';
import { forPage, pageViewer } from '@/lib/page';

type Props = { params: Promise<{ workspace: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('lineage'))('title') };
}

export default async function PeopleAndLinesPage({ params }: Props) {
  const { workspace } = await params;
  const viewer = await pageViewer(workspace);
  const unfinished = await forPage(findUnfinishedErasures(viewer));
  const t = await getTranslations('lineage');
  return (
    <PageBody>
      <PageHeader title={t('title')} description={t('description')} />
      <UnfinishedErasures workspace={workspace} erasures={unfinished} />
      <Section title={t('line.title')} description={t('line.description')}>
        <FindLine workspace={workspace} />
      </Section>
      <Section title={t('person.title')} description={t('person.description')}>
        <FindPerson workspace={workspace} />
      </Section>
    </PageBody>
  );
}
