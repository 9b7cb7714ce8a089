import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { FindLine } from '@/components/lineage/find-line';
import { FindPerson } from '@/components/lineage/find-person';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { AppError } from '@/lib/errors';
import { forPage, pageViewer } from '@/lib/page';
import { can } from '@/lib/permissions';

type Props = { params: Promise<{ workspace: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('lineage'))('title') };
}

export default async function PeopleAndLinesPage({ params }: Props) {
  const { workspace } = await params;
  const viewer = await pageViewer(workspace);
  if (!can(viewer.role, 'person:erase')) await forPage(Promise.reject(new AppError('FORBIDDEN')));
  const t = await getTranslations('lineage');
  return (
    <PageBody>
      <PageHeader title={t('title')} description={t('description')} />
      <Section title={t('line.title')} description={t('line.description')}>
        <FindLine workspace={workspace} />
      </Section>
      <Section title={t('person.title')} description={t('person.description')}>
        <FindPerson workspace={workspace} />
      </Section>
    </PageBody>
  );
}
