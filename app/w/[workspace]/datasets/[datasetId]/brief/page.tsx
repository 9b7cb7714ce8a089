import { History, Settings } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { BriefApproval } from '@/components/briefs/brief-approval';
import { BriefEditor } from '@/components/briefs/brief-editor';
import { BriefText } from '@/components/briefs/brief-text';
import { RecheckStatus } from '@/components/briefs/recheck-status';
import { LinkButton } from '@/components/ui/button';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { StatusDot } from '@/components/ui/status-dot';
import { loadBriefPage } from './load-brief-page';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('brief');
  return { title: t('title') };
}

export default async function BriefPage({
  params,
}: {
  params: Promise<{ workspace: string; datasetId: string }>;
}) {
  const { workspace, datasetId } = await params;
  const page = await loadBriefPage(workspace, datasetId);
  const { brief, content } = page;
  const t = await getTranslations('brief');
  const base = `/w/${workspace}/datasets/${datasetId}`;
  return (
    <PageBody>
      <PageHeader
        title={t('title')}
        description={t('description')}
        status={
          <StatusDot tone={page.isApproved ? 'positive' : 'caution'}>
            {t('version', { version: brief.version })}
            {' · '}
            {t(page.isApproved ? 'status.approved' : 'status.waiting')}
          </StatusDot>
        }
        actions={
          <>
            <LinkButton
              variant="quiet"
              href={`${base}/brief/versions`}
              icon={<History aria-hidden="true" />}
            >
              {t('versionsLink', { count: brief.version })}
            </LinkButton>
            {page.canManage ? (
              <LinkButton
                variant="quiet"
                href={`${base}/settings`}
                icon={<Settings aria-hidden="true" />}
              >
                {t('settings')}
              </LinkButton>
            ) : null}
          </>
        }
      />
      {page.isApproved ? null : (
        <BriefApproval
          workspace={workspace}
          datasetId={datasetId}
          version={brief.version}
          bar={page.bar}
          inForce={page.inForce}
          isAlone={page.isAlone}
          isByToken={brief.approvedVia === 'token'}
        />
      )}
      {page.job ? <RecheckStatus workspace={workspace} job={page.job} /> : null}
      {page.canEdit ? (
        <BriefEditor
          key={datasetId}
          workspace={workspace}
          datasetId={datasetId}
          userId={page.userId}
          version={brief.version}
          content={content}
          examplesInUse={page.examplesInUse}
        />
      ) : (
        <BriefText content={content} />
      )}
    </PageBody>
  );
}
