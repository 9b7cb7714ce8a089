'use client';

import { Checkbox as BaseCheckbox } from '@base-ui/react/checkbox';
import { Check, Minus } from 'lucide-react';
import { useId } from 'react';
import { cn } from './cn';

export interface CheckboxProps {
  /** The words beside it, or with `hideLabel` its name for screen readers. */
  label: string;
  hideLabel?: boolean;
  hint?: React.ReactNode;
  name?: string;
  value?: string;
  checked?: boolean;
  defaultChecked?: boolean;
  /** Some, not all, of what it stands for. */
  indeterminate?: boolean;
  disabled?: boolean;
  required?: boolean;
  onCheckedChange?: (checked: boolean, event: Event) => void;
  className?: string;
}

/** A choice that counts when the form is saved, or a row's selection. */
export function Checkbox({
  label,
  hideLabel,
  hint,
  className,
  onCheckedChange,
  ...props
}: CheckboxProps) {
  const labelId = useId();
  const hintId = useId();
  const box = (
    <BaseCheckbox.Root
      {...props}
      onCheckedChange={
        onCheckedChange ? (checked, details) => onCheckedChange(checked, details.event) : undefined
      }
      aria-label={hideLabel ? label : undefined}
      aria-labelledby={hideLabel ? undefined : labelId}
      aria-describedby={hint ? hintId : undefined}
      className={cn(
        'hit-area inline-flex size-4 align-middle shrink-0 items-center justify-center rounded-[4px] border border-line-strong bg-surface text-on-accent transition-colors data-checked:border-accent data-checked:bg-accent data-disabled:opacity-60 data-indeterminate:border-accent data-indeterminate:bg-accent data-invalid:border-negative',
        hideLabel ? className : 'mt-0.5',
      )}
    >
      <BaseCheckbox.Indicator className="flex data-unchecked:hidden [&_svg.lucide]:size-3 [&_svg.lucide]:stroke-3">
        {props.indeterminate ? <Minus aria-hidden="true" /> : <Check aria-hidden="true" />}
      </BaseCheckbox.Indicator>
    </BaseCheckbox.Root>
  );
  if (hideLabel) return box;
  return (
    <div className={className}>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the box inside is the control */}
      <label className="flex items-start gap-2.5 text-14">
        {box}
        <span id={labelId}>{label}</span>
      </label>
      {hint ? (
        <p id={hintId} className="ms-6.5 mt-0.5 text-13 text-ink-3">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
