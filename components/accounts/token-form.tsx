'use client';

import { useTranslations } from 'next-intl';
import { minPasswordLength } from '@/lib/accounts/password-rules';
import type { Result } from '@/lib/result';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Form } from '../ui/form';
import { Input } from '../ui/input';
import { PasswordField } from './password-field';
import { formValues, leaveFor, useSubmit } from './use-submit';

export interface TokenFormProps<N extends string> {
  /** Of the link that led here; goes with the fields. */
  token: string;
  /** The fields that are sent. */
  names: readonly N[];
  action: (input: { token: string } & Record<N, string>) => Promise<Result<{ path: string }>>;
  submitLabel: string;
  /** The fields, with the sentence of each that was refused. */
  children: (errors: Record<string, string>) => React.ReactNode;
}

/** The form behind a link: what somebody fills in once, and then goes on signed in. */
export function TokenForm<N extends string>(props: TokenFormProps<N>) {
  const { token, names, action, submitLabel, children } = props;
  const { submit, pending, fieldErrors, formError } = useSubmit(action, leaveFor);
  return (
    <Form
      errors={names.length > 1 ? fieldErrors : undefined}
      formError={formError}
      onSubmit={(form) => {
        void submit({ token, ...formValues(form, ...names) });
      }}
    >
      {children(fieldErrors)}
      <Button type="submit" variant="primary" size="large" pending={pending}>
        {submitLabel}
      </Button>
    </Form>
  );
}

/** The name that others will see. */
export function OwnNameField({ error }: { error?: string | undefined }) {
  const t = useTranslations('accounts');
  return (
    <Field name="name" label={t('name')} hint={t('nameHint')} error={error}>
      <Input name="name" autoComplete="name" />
    </Field>
  );
}

/** A password that is chosen here, with what it needs. */
export function NewPasswordField({ label, error }: { label: string; error?: string | undefined }) {
  const t = useTranslations('accounts');
  return (
    <PasswordField
      name="password"
      label={label}
      hint={t('passwordHint', { count: minPasswordLength })}
      error={error}
      autoComplete="new-password"
    />
  );
}
