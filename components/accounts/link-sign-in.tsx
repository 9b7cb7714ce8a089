'use client';

import { useTranslations } from 'next-intl';
import { signInWithLinkAction } from '@/lib/accounts/account-actions';
import { TokenButton } from './token-button';

/** Uses a link of the terminal up. */
export function LinkSignIn({ token }: { token: string }) {
  const t = useTranslations('accounts.link');
  return <TokenButton token={token} action={signInWithLinkAction} label={t('submit')} />;
}
