import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AuthCard } from '@/components/accounts/auth-card';
import { BadLink } from '@/components/accounts/bad-link';
import { SetupForm } from '@/components/accounts/setup-form';
import { findOpenLink, needsFirstAdmin } from '@/lib/accounts/account-queries';

type SearchParams = Promise<Record<string, string | string[] | undefined>>;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('accounts'))('setup.pageTitle'), referrer: 'no-referrer' };
}

export default async function SetupPage({ searchParams }: { searchParams: SearchParams }) {
  const { token } = await searchParams;
  const open = typeof token === 'string' && (await findOpenLink('first_admin', token)) !== null;
  if (!open || !(await needsFirstAdmin())) return <BadLink kind="setup" />;
  const t = await getTranslations('accounts.setup');
  return (
    <AuthCard title={t('title')} description={t('text')}>
      <SetupForm token={token} />
    </AuthCard>
  );
}
