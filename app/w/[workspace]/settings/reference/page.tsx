import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { OperationEntry } from '@/components/api/operation-entry';
import { LinkButton } from '@/components/ui/button';
import { buttonClass } from '@/components/ui/button-class';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { operations } from '@/lib/api/operations';
import { pageViewer } from '@/lib/page';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('api'))('reference.pageTitle') };
}

export default async function ReferencePage({
  params,
}: {
  params: Promise<{ workspace: string }>;
}) {
  const { workspace } = await params;
  await pageViewer(workspace);
  const t = await getTranslations('api');
  const groups = [...new Set(operations.map(({ group }) => group))];
  return (
    <PageBody width="reading">
      <PageHeader
        title={t('reference.title')}
        description={t('reference.description')}
        actions={
          <>
            <LinkButton href={`/w/${workspace}/settings`}>{t('reference.tokens')}</LinkButton>
            <a href="/api/openapi.json" className={buttonClass()}>
              {t('reference.document')}
            </a>
          </>
        }
      />
      <nav aria-label={t('reference.onPage')}>
        <ul className="flex flex-wrap gap-x-4 gap-y-1 text-13">
          {groups.map((group) => (
            <li key={group}>
              <a href={`#${group}`} className="underline underline-offset-2">
                {t(`groups.${group}`)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {groups.map((group) => (
        <div key={group} id={group} className="scroll-mt-4">
          <Section title={t(`groups.${group}`)}>
            {operations
              .filter((operation) => operation.group === group)
              .map((operation) => (
                <OperationEntry key={operation.id} operation={operation} />
              ))}
          </Section>
        </div>
      ))}
    </PageBody>
  );
}
