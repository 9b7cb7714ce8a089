'use client';

import { Radio } from '@base-ui/react/radio';
import { RadioGroup as BaseRadioGroup } from '@base-ui/react/radio-group';
import { useId } from 'react';
import { cn } from './cn';

export interface RadioOption {
  value: string;
  label: React.ReactNode;
  hint?: React.ReactNode;
  disabled?: boolean;
}

export interface RadioGroupProps {
  label: React.ReactNode;
  hideLabel?: boolean;
  options: RadioOption[];
  name?: string;
  value?: string;
  defaultValue?: string;
  disabled?: boolean;
  onValueChange?: (value: string) => void;
  className?: string;
}

/** One of a few choices, all of them visible. */
export function RadioGroup(props: RadioGroupProps) {
  const { label, hideLabel, options, onValueChange, className, ...rest } = props;
  const labelId = useId();
  return (
    <div className={className}>
      <p id={labelId} className={hideLabel ? 'sr-only' : 'mb-2 text-13 font-medium'}>
        {label}
      </p>
      <BaseRadioGroup
        {...rest}
        aria-labelledby={labelId}
        onValueChange={onValueChange ? (value) => onValueChange(String(value)) : undefined}
        className="flex flex-col gap-2.5"
      >
        {options.map((option) => (
          <RadioChoice key={option.value} option={option} />
        ))}
      </BaseRadioGroup>
    </div>
  );
}

function RadioChoice({ option }: { option: RadioOption }) {
  const labelId = useId();
  const hintId = useId();
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the radio inside is the control
    <label className={cn('flex items-start gap-2.5 text-14', option.disabled && 'text-ink-3')}>
      <Radio.Root
        value={option.value}
        disabled={option.disabled}
        aria-labelledby={labelId}
        aria-describedby={option.hint ? hintId : undefined}
        className="hit-area mt-0.5 inline-flex size-4 shrink-0 items-center justify-center rounded-full border border-line-strong bg-surface transition-colors data-checked:border-accent data-checked:bg-accent data-disabled:opacity-60"
      >
        <Radio.Indicator className="size-1.5 rounded-full bg-on-accent data-unchecked:hidden forced-colors:bg-[Highlight]" />
      </Radio.Root>
      <span>
        <span id={labelId} className="block">
          {option.label}
        </span>
        {option.hint ? (
          <span id={hintId} className="mt-0.5 block text-13 text-ink-3">
            {option.hint}
          </span>
        ) : null}
      </span>
    </label>
  );
}
