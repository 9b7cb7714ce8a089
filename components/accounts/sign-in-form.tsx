'use client';

import { useTranslations } from 'next-intl';
import { signInAction } from '@/lib/accounts/account-actions';
import { Button } from '../ui/button';
import { Form } from '../ui/form';
import { EmailField } from './email-field';
import { PasswordField } from './password-field';
import { formValues, leaveFor, useSubmit } from './use-submit';

export interface SignInFormProps {
  /** Where to go afterwards; checked by the server. */
  next?: string | undefined;
  submitLabel?: string;
  /** Takes the place of going to `next`: for the dialog over a page. */
  onSignedIn?: (signedIn: { userId: string }) => void;
}

/** E-mail and password. */
export function SignInForm({ next, submitLabel, onSignedIn }: SignInFormProps) {
  const t = useTranslations('accounts');
  const { submit, pending, fieldErrors, formError } = useSubmit(
    signInAction,
    onSignedIn ?? leaveFor,
  );
  return (
    <Form
      formError={formError}
      onSubmit={(form) => {
        void submit({ ...formValues(form, 'email', 'password'), next });
      }}
    >
      <EmailField error={fieldErrors.email} />
      <PasswordField
        name="password"
        label={t('password')}
        error={fieldErrors.password}
        autoComplete="current-password"
      />
      <Button type="submit" variant="primary" size="large" pending={pending}>
        {submitLabel ?? t('signIn.submit')}
      </Button>
    </Form>
  );
}
