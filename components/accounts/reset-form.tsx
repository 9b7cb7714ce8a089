'use client';

import { useTranslations } from 'next-intl';
import { resetPasswordAction } from '@/lib/accounts/account-actions';
import { EmailField } from './email-field';
import { NewPasswordField, TokenForm } from './token-form';

const NAMES = ['password'] as const;

/** A new password by the link that an admin made. */
export function ResetForm({ token, email }: { token: string; email: string }) {
  const t = useTranslations('accounts');
  return (
    <TokenForm
      token={token}
      names={NAMES}
      action={resetPasswordAction}
      submitLabel={t('reset.submit')}
    >
      {(errors) => (
        <>
          <EmailField defaultValue={email} readOnly />
          <NewPasswordField label={t('newPassword')} error={errors.password} />
        </>
      )}
    </TokenForm>
  );
}
