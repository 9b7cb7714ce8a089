import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { InvitationsTable } from '@/components/workspaces/invitations-table';
import { InviteDialog } from '@/components/workspaces/invite-dialog';
import { MembersTable } from '@/components/workspaces/members-table';
import { forPage, pageViewer } from '@/lib/page';
import { can } from '@/lib/permissions';
import { findOpenInvitations } from '@/lib/workspaces/invitation-queries';
import { findMembers } from '@/lib/workspaces/member-queries';
import { getWorkspace } from '@/lib/workspaces/workspace-queries';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('people'))('pageTitle') };
}

export default async function PeoplePage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace: slug } = await params;
  const viewer = await pageViewer(slug);
  const [t, workspace, members] = await Promise.all([
    getTranslations('people'),
    getWorkspace(viewer),
    forPage(findMembers(viewer)),
  ]);
  const canManage = can(viewer.role, 'people:manage') && !workspace.isSample;
  const invitations = canManage ? await findOpenInvitations(viewer) : [];
  return (
    <PageBody>
      <PageHeader
        title={t('title')}
        description={t('description', { workspace: workspace.name })}
        actions={canManage ? <InviteDialog workspace={slug} /> : undefined}
      />
      <Section title={t('members')}>
        <MembersTable members={members} workspace={slug} canManage={canManage} />
      </Section>
      {invitations.length > 0 ? (
        <Section title={t('invitations.title')}>
          <InvitationsTable invitations={invitations} workspace={slug} />
        </Section>
      ) : null}
    </PageBody>
  );
}
