'use client';

import { Field as BaseField } from '@base-ui/react/field';
import { CircleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from './cn';

export interface FieldProps {
  label: React.ReactNode;
  /** The name under which the form sends the value; error summaries link to it. */
  name?: string;
  hint?: React.ReactNode;
  error?: React.ReactNode;
  optional?: boolean;
  disabled?: boolean;
  /** Keeps the label for screen readers only, where the place already says it. */
  hideLabel?: boolean;
  className?: string | undefined;
  children: React.ReactNode;
}

/** Label, control, hint and error, tied together for screen readers. */
export function Field(props: FieldProps) {
  const t = useTranslations('ui');
  const { label, name, hint, error, optional, disabled, hideLabel, className, children } = props;
  return (
    <BaseField.Root
      name={name}
      disabled={disabled}
      invalid={Boolean(error)}
      className={cn('flex flex-col gap-1.5', className)}
    >
      <BaseField.Label className={cn('text-13 font-medium text-ink', hideLabel ? 'sr-only' : null)}>
        {label}
        {optional ? <span className="ms-1.5 font-normal text-ink-3">{t('optional')}</span> : null}
      </BaseField.Label>
      {children}
      {hint ? (
        <BaseField.Description className="text-12 text-ink-3">{hint}</BaseField.Description>
      ) : null}
      <BaseField.Error
        match={Boolean(error)}
        className="flex items-start gap-1.5 text-13 text-negative"
      >
        <CircleAlert aria-hidden="true" className="mt-0.5" />
        <span>{error}</span>
      </BaseField.Error>
    </BaseField.Root>
  );
}
