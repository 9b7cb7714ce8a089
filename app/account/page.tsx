import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { NameForm } from '@/components/accounts/name-form';
import { PasswordForm } from '@/components/accounts/password-form';
import { SessionsSection } from '@/components/accounts/sessions-section';
import { Callout } from '@/components/ui/callout';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { findOwnSessions } from '@/lib/accounts/account-queries';
import { forPage } from '@/lib/page';
import { requireSignedIn } from '@/lib/session';
import { findOwnWorkspaces } from '@/lib/workspaces/workspace-queries';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('accounts'))('account.pageTitle') };
}

export default async function AccountPage() {
  const signedIn = await forPage(requireSignedIn());
  const [t, tWorkspaces, sessions, workspaces] = await Promise.all([
    getTranslations('accounts.account'),
    getTranslations('workspaces.none'),
    findOwnSessions(signedIn),
    findOwnWorkspaces(signedIn),
  ]);
  return (
    <PageBody width="reading">
      <PageHeader title={t('title')} description={t('description', { email: signedIn.email })} />
      {workspaces.length === 0 ? (
        <Callout title={tWorkspaces('title')}>{tWorkspaces('text')}</Callout>
      ) : null}
      {signedIn.sampleWorkspaceId ? (
        <Callout>{t('sample')}</Callout>
      ) : (
        <>
          <Section title={t('you')}>
            <NameForm name={signedIn.name} />
          </Section>
          <Section title={t('passwordTitle')} description={t('passwordText')}>
            <PasswordForm email={signedIn.email} />
          </Section>
          <SessionsSection sessions={sessions} />
        </>
      )}
    </PageBody>
  );
}
