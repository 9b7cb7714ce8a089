import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LinkButton } from '@/components/ui/button';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { LeaveWorkspace } from '@/components/workspaces/leave-workspace';
import { WorkspaceNameForm } from '@/components/workspaces/workspace-name-form';
import { pageViewer } from '@/lib/page';
import { can } from '@/lib/permissions';
import { requireSignedIn } from '@/lib/session';
import { canCreateWorkspace, getWorkspace } from '@/lib/workspaces/workspace-queries';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('workspaces'))('settings.pageTitle') };
}

export default async function SettingsPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace: slug } = await params;
  const viewer = await pageViewer(slug);
  const [t, workspace, canCreate] = await Promise.all([
    getTranslations('workspaces.settings'),
    getWorkspace(viewer),
    requireSignedIn().then(canCreateWorkspace),
  ]);
  return (
    <PageBody width="reading">
      <PageHeader title={t('title')} description={t('description')} />
      <Section title={t('nameTitle')}>
        {can(viewer.role, 'workspace:manage') ? (
          <WorkspaceNameForm workspace={slug} name={workspace.name} />
        ) : (
          <p>
            {workspace.name} <span className="text-ink-3">{t('onlyAdmins')}</span>
          </p>
        )}
      </Section>
      {canCreate ? (
        <Section title={t('moreTitle')} description={t('moreText')}>
          <LinkButton href="/workspaces/new" className="self-start">
            {t('more')}
          </LinkButton>
        </Section>
      ) : null}
      {workspace.isSample ? null : (
        <Section title={t('leaveTitle')}>
          <LeaveWorkspace workspace={slug} />
        </Section>
      )}
    </PageBody>
  );
}
