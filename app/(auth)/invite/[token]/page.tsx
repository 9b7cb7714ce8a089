import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AuthCard } from '@/components/accounts/auth-card';
import { BadLink } from '@/components/accounts/bad-link';
import { AcceptInvitation } from '@/components/workspaces/accept-invitation';
import { findSignedIn } from '@/lib/session';
import { findInvitationByToken } from '@/lib/workspaces/invitation-queries';

export async function generateMetadata(): Promise<Metadata> {
  return {
    title: (await getTranslations('accounts'))('invite.pageTitle'),
    referrer: 'no-referrer',
  };
}

export default async function InvitePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const [invitation, self] = await Promise.all([findInvitationByToken(token), findSignedIn()]);
  if (!invitation) return <BadLink kind="invite" />;
  const t = await getTranslations('accounts.invite');
  return (
    <AuthCard
      title={t('title', { workspace: invitation.workspaceName })}
      description={t('text', { inviter: invitation.invitedByName, role: invitation.role })}
    >
      <AcceptInvitation
        token={token}
        email={invitation.email}
        hasAccount={invitation.hasAccount}
        self={self && { name: self.name, email: self.email }}
      />
    </AuthCard>
  );
}
