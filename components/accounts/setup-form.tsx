'use client';

import { useTranslations } from 'next-intl';
import { createFirstAdminAction } from '@/lib/workspaces/setup-actions';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { EmailField } from './email-field';
import { NewPasswordField, OwnNameField, TokenForm } from './token-form';

const NAMES = ['name', 'email', 'password', 'workspaceName'] as const;

/** The first admin and the first workspace. */
export function SetupForm({ token }: { token: string }) {
  const t = useTranslations('accounts');
  return (
    <TokenForm
      token={token}
      names={NAMES}
      action={createFirstAdminAction}
      submitLabel={t('setup.submit')}
    >
      {(errors) => (
        <>
          <OwnNameField error={errors.name} />
          <EmailField error={errors.email} />
          <NewPasswordField label={t('password')} error={errors.password} />
          <Field
            name="workspaceName"
            label={t('setup.workspaceName')}
            hint={t('setup.workspaceHint')}
            error={errors.workspaceName}
          >
            <Input name="workspaceName" autoComplete="organization" />
          </Field>
        </>
      )}
    </TokenForm>
  );
}
