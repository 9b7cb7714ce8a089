'use client';

import { useTranslations } from 'next-intl';
import { signInWithLinkAction } from '@/lib/accounts/account-actions';
import { Button } from '../ui/button';
import { FormErrorSummary } from '../ui/form-error-summary';
import { leaveFor, useSubmit } from './use-submit';

/** Uses a link of the terminal up. A button, because opening a page must not use up anything. */
export function LinkSignIn({ token }: { token: string }) {
  const t = useTranslations('accounts.link');
  const { submit, pending, formError } = useSubmit(signInWithLinkAction, leaveFor);
  return (
    <div className="flex flex-col gap-4">
      <FormErrorSummary errors={{}} formError={formError} />
      <Button
        variant="primary"
        size="large"
        pending={pending}
        onClick={() => void submit({ token })}
      >
        {t('submit')}
      </Button>
    </div>
  );
}
