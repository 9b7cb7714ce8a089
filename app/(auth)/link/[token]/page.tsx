import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AuthCard } from '@/components/accounts/auth-card';
import { BadLink } from '@/components/accounts/bad-link';
import { LinkSignIn } from '@/components/accounts/link-sign-in';
import { findOpenLink } from '@/lib/accounts/account-queries';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('accounts'))('link.pageTitle'), referrer: 'no-referrer' };
}

export default async function LinkPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const link = await findOpenLink('admin', token);
  if (!link?.name) return <BadLink kind="link" />;
  const t = await getTranslations('accounts.link');
  return (
    <AuthCard title={t('title', { name: link.name })} description={t('text')}>
      <LinkSignIn token={token} />
    </AuthCard>
  );
}
