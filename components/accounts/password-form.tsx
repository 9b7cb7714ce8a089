'use client';

import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import { changePasswordAction } from '@/lib/accounts/account-actions';
import { minPasswordLength } from '@/lib/accounts/password-rules';
import { Button } from '../ui/button';
import { FormErrorSummary } from '../ui/form-error-summary';
import { useToast } from '../ui/toast';
import { PasswordField } from './password-field';
import { formValues, useSubmit } from './use-submit';

/** The person's own password. */
export function PasswordForm({ email }: { email: string }) {
  const t = useTranslations('accounts');
  const toast = useToast();
  const form = useRef<HTMLFormElement>(null);
  const { submit, pending, fieldErrors, formError } = useSubmit(changePasswordAction, () => {
    form.current?.reset();
    toast.show({ title: t('account.passwordChanged') });
  });
  return (
    <form
      ref={form}
      noValidate
      className="flex max-w-md flex-col items-start gap-3 *:w-full [&>button]:w-auto"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(formValues(event.currentTarget, 'currentPassword', 'newPassword'));
      }}
    >
      <FormErrorSummary errors={{}} formError={formError} />
      {/* Tells password managers whose password changes. */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <PasswordField
        name="currentPassword"
        label={t('currentPassword')}
        error={fieldErrors.currentPassword}
        autoComplete="current-password"
      />
      <PasswordField
        name="newPassword"
        label={t('newPassword')}
        hint={t('passwordHint', { count: minPasswordLength })}
        error={fieldErrors.newPassword}
        autoComplete="new-password"
      />
      <Button type="submit" pending={pending}>
        {t('account.changePassword')}
      </Button>
    </form>
  );
}
