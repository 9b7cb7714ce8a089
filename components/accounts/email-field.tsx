'use client';

import { useTranslations } from 'next-intl';
import { Field } from '../ui/field';
import { Input } from '../ui/input';

export interface EmailFieldProps {
  error?: string | undefined;
  hint?: string;
  label?: string;
  defaultValue?: string;
  readOnly?: boolean;
  /** `off` for somebody else's address. */
  autoComplete?: 'username' | 'off';
}

/** An e-mail address; always left to right. */
export function EmailField(props: EmailFieldProps) {
  const t = useTranslations('accounts');
  const { error, hint, label, autoComplete = 'username', ...input } = props;
  return (
    <Field name="email" label={label ?? t('email')} hint={hint} error={error}>
      <Input
        {...input}
        name="email"
        type="email"
        dir="ltr"
        autoComplete={autoComplete}
        autoCapitalize="none"
        spellCheck={false}
      />
    </Field>
  );
}
