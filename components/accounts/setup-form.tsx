'use client';

import { useTranslations } from 'next-intl';
import { minPasswordLength } from '@/lib/accounts/password-rules';
import { createFirstAdminAction } from '@/lib/workspaces/setup-actions';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { FormErrorSummary } from '../ui/form-error-summary';
import { Input } from '../ui/input';
import { EmailField } from './email-field';
import { PasswordField } from './password-field';
import { formValues, leaveFor, useSubmit } from './use-submit';

/** The first admin and the first workspace. */
export function SetupForm({ token }: { token: string }) {
  const t = useTranslations('accounts');
  const { submit, pending, fieldErrors, formError } = useSubmit(createFirstAdminAction, leaveFor);
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const names = ['name', 'email', 'password', 'workspaceName'] as const;
        void submit({ token, ...formValues(event.currentTarget, ...names) });
      }}
    >
      <FormErrorSummary errors={fieldErrors} formError={formError} />
      <Field name="name" label={t('name')} hint={t('nameHint')} error={fieldErrors.name}>
        <Input name="name" autoComplete="name" />
      </Field>
      <EmailField error={fieldErrors.email} />
      <PasswordField
        name="password"
        label={t('password')}
        hint={t('passwordHint', { count: minPasswordLength })}
        error={fieldErrors.password}
        autoComplete="new-password"
      />
      <Field
        name="workspaceName"
        label={t('setup.workspaceName')}
        hint={t('setup.workspaceHint')}
        error={fieldErrors.workspaceName}
      >
        <Input name="workspaceName" autoComplete="organization" />
      </Field>
      <Button type="submit" variant="primary" size="large" pending={pending}>
        {t('setup.submit')}
      </Button>
    </form>
  );
}
