import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AuthCard } from '@/components/accounts/auth-card';
import { BadLink } from '@/components/accounts/bad-link';
import { ResetForm } from '@/components/accounts/reset-form';
import { findOpenLink } from '@/lib/accounts/account-queries';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('accounts'))('reset.pageTitle'), referrer: 'no-referrer' };
}

export default async function ResetPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const link = await findOpenLink('reset', token);
  if (!link?.email) return <BadLink kind="reset" />;
  const t = await getTranslations('accounts.reset');
  return (
    <AuthCard title={t('title')} description={t('text', { email: link.email })}>
      <ResetForm token={token} email={link.email} />
    </AuthCard>
  );
}
