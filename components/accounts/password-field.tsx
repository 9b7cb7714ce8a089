'use client';

import { Eye, EyeOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Field } from '../ui/field';
import { IconButton } from '../ui/icon-button';
import { Input } from '../ui/input';

export interface PasswordFieldProps {
  name: string;
  label: string;
  hint?: string;
  error?: string | undefined;
  autoComplete: 'current-password' | 'new-password';
}

/** A password with a button that shows it; password managers may fill it, paste is allowed. */
export function PasswordField({ name, label, hint, error, autoComplete }: PasswordFieldProps) {
  const t = useTranslations('accounts');
  const [shown, setShown] = useState(false);
  return (
    <Field name={name} label={label} hint={hint} error={error}>
      <span className="flex gap-1">
        <Input
          name={name}
          type={shown ? 'text' : 'password'}
          dir="ltr"
          autoComplete={autoComplete}
          autoCapitalize="none"
          spellCheck={false}
        />
        <IconButton
          label={shown ? t('hidePassword') : t('showPassword')}
          icon={shown ? <EyeOff aria-hidden="true" /> : <Eye aria-hidden="true" />}
          onClick={() => setShown(!shown)}
        />
      </span>
    </Field>
  );
}
