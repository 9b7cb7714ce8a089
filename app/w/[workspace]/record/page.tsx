import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ChainStatus } from '@/components/audit/chain-status';
import { RecordExport } from '@/components/audit/record-export';
import { RecordFilter } from '@/components/audit/record-filter';
import { RecordScopes } from '@/components/audit/record-scopes';
import { RecordTable } from '@/components/audit/record-table';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { findRecord, findRecordPeople, getChainState } from '@/lib/audit/audit-queries';
import { loadRecordUrl, serializeRecordUrl, toRecordFilter } from '@/lib/audit/audit-url';
import { forPage, pageViewer } from '@/lib/page';

type Props = {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('audit'))('pageTitle') };
}

export default async function RecordPage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const viewer = await pageViewer(workspace);
  const url = await loadRecordUrl(searchParams);
  const [t, { rows, previous, next }, people, chain] = await Promise.all([
    getTranslations('audit'),
    forPage(findRecord(viewer, { filter: toRecordFilter(url), cursor: url.at })),
    forPage(findRecordPeople(viewer)),
    forPage(getChainState(viewer)),
  ]);
  const base = `/w/${workspace}/record`;
  const at = (cursor: typeof next) =>
    cursor ? serializeRecordUrl(base, { ...url, at: cursor }) : undefined;
  return (
    <PageBody>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={
          <>
            <LinkButton href={`${base}/people`}>{t('peopleLink')}</LinkButton>
            <RecordExport workspace={workspace} url={url} />
          </>
        }
      />
      <div className="flex flex-col gap-4">
        <ChainStatus state={chain} />
        <div className="flex flex-wrap items-center gap-3">
          <RecordScopes base={base} url={url} />
          <RecordFilter url={url} people={people} />
        </div>
        {url.scope === 'accounts' ? (
          <p className="max-w-reading text-13 text-ink-3">{t('accountsHint')}</p>
        ) : null}
        {rows.length === 0 ? (
          <EmptyState title={t('empty.title')} description={t('empty.description')} />
        ) : (
          <>
            <RecordTable workspace={workspace} rows={rows} />
            <Pagination previous={at(previous)} next={at(next)} />
          </>
        )}
      </div>
    </PageBody>
  );
}
