'use client';

import { NumberField as BaseNumberField } from '@base-ui/react/number-field';
import { Minus, Plus } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { cn } from './cn';
import { CONTROL_BOX } from './control-class';

export interface NumberFieldProps {
  name?: string;
  value?: number | null;
  defaultValue?: number;
  min?: number;
  max?: number;
  step?: number;
  /** The unit after the number, such as "words". */
  unit?: string;
  format?: Intl.NumberFormatOptions;
  disabled?: boolean;
  required?: boolean;
  onValueChange?: (value: number | null) => void;
  'aria-label'?: string;
  className?: string;
}

/** A number with its unit; arrow keys and the two buttons change it by one step. */
export function NumberField({
  unit,
  className,
  onValueChange,
  'aria-label': label,
  ...props
}: NumberFieldProps) {
  const t = useTranslations('ui');
  const locale = useLocale();
  const stepper =
    'focus-inset flex w-7 items-center justify-center text-ink-2 hover:bg-hover data-disabled:text-ink-3';
  return (
    <BaseNumberField.Root
      {...props}
      locale={locale}
      onValueChange={onValueChange ? (value) => onValueChange(value) : undefined}
      className={cn('flex items-center gap-2', className)}
    >
      <BaseNumberField.Group
        className={cn(
          CONTROL_BOX,
          'flex h-8 w-fit shrink-0 overflow-hidden focus-within:border-accent',
        )}
      >
        <BaseNumberField.Decrement aria-label={t('decrease')} className={cn(stepper, 'border-e')}>
          <Minus aria-hidden="true" />
        </BaseNumberField.Decrement>
        <BaseNumberField.Input
          aria-label={label}
          className="tabular focus-inset w-20 bg-transparent px-2 text-center"
        />
        <BaseNumberField.Increment aria-label={t('increase')} className={cn(stepper, 'border-s')}>
          <Plus aria-hidden="true" />
        </BaseNumberField.Increment>
      </BaseNumberField.Group>
      {unit ? <span className="text-13 text-ink-3">{unit}</span> : null}
    </BaseNumberField.Root>
  );
}
