import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { AuthCard } from '@/components/accounts/auth-card';
import { adminLinkCommand } from '@/components/accounts/command-line';
import { SignInForm } from '@/components/accounts/sign-in-form';
import { StepIn } from '@/components/accounts/step-in';
import { ForgetKeptTexts } from '@/components/frame/forget-kept-texts';
import { hasSampleWorkspace, needsFirstAdmin } from '@/lib/accounts/account-queries';
import { requestCanStepIn } from '@/lib/accounts/peer-address';
import { safePath } from '@/lib/accounts/redirect-rules';
import { env } from '@/lib/env';
import { findSignedIn } from '@/lib/session';

type SearchParams = Promise<Record<string, string | string[] | undefined>>;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('accounts'))('signIn.pageTitle') };
}

export default async function SignInPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await searchParams;
  const wanted = query.next ?? query.callbackUrl;
  const next = typeof wanted === 'string' ? wanted : undefined;
  if (await findSignedIn()) redirect(safePath(next, new URL(env().APP_URL).origin));
  const [t, fresh, sample] = await Promise.all([
    getTranslations('accounts'),
    needsFirstAdmin(),
    requestCanStepIn().then((allowed) => allowed && hasSampleWorkspace()),
  ]);
  return (
    <div className="flex flex-col gap-6">
      <ForgetKeptTexts />
      {fresh ? (
        <AuthCard
          title={t('signIn.notSetUpTitle')}
          description={t.rich('signIn.notSetUp', adminLinkCommand)}
        >
          {null}
        </AuthCard>
      ) : (
        <AuthCard title={t('signIn.title')}>
          <SignInForm next={next} />
          <p className="text-13 text-pretty text-ink-3">{t('signIn.forgotten')}</p>
        </AuthCard>
      )}
      {sample ? <StepIn /> : null}
    </div>
  );
}
