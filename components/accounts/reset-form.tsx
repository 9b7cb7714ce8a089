'use client';

import { useTranslations } from 'next-intl';
import { resetPasswordAction } from '@/lib/accounts/account-actions';
import { minPasswordLength } from '@/lib/accounts/password-rules';
import { Button } from '../ui/button';
import { FormErrorSummary } from '../ui/form-error-summary';
import { EmailField } from './email-field';
import { PasswordField } from './password-field';
import { formValues, leaveFor, useSubmit } from './use-submit';

/** A new password by the link that an admin made. */
export function ResetForm({ token, email }: { token: string; email: string }) {
  const t = useTranslations('accounts');
  const { submit, pending, fieldErrors, formError } = useSubmit(resetPasswordAction, leaveFor);
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void submit({ token, ...formValues(event.currentTarget, 'password') });
      }}
    >
      <FormErrorSummary errors={{}} formError={formError} />
      <EmailField defaultValue={email} readOnly />
      <PasswordField
        name="password"
        label={t('newPassword')}
        hint={t('passwordHint', { count: minPasswordLength })}
        error={fieldErrors.password}
        autoComplete="new-password"
      />
      <Button type="submit" variant="primary" size="large" pending={pending}>
        {t('reset.submit')}
      </Button>
    </form>
  );
}
