'use client';

import { Checkbox } from './checkbox';

export interface CheckboxGroupProps<T extends string> {
  label: string;
  /** Keeps the label for screen readers only, where a heading says it already. */
  hideLabel?: boolean;
  options: readonly { value: T; label: string }[];
  chosen: readonly T[];
  /** What is chosen now, in the order of the options. */
  onChange: (chosen: T[]) => void;
  error?: string | undefined;
}

/** Any number of a handful of choices. */
export function CheckboxGroup<T extends string>(props: CheckboxGroupProps<T>) {
  const { label, hideLabel, options, chosen, onChange, error } = props;
  const choose = (value: T, checked: boolean) =>
    onChange(
      options
        .map((option) => option.value)
        .filter((one) => (one === value ? checked : chosen.includes(one))),
    );
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className={hideLabel ? 'sr-only' : 'mb-2 text-13 font-medium'}>{label}</legend>
      {options.map(({ value, label: text }) => (
        <Checkbox
          key={value}
          label={text}
          checked={chosen.includes(value)}
          onCheckedChange={(checked) => choose(value, checked)}
        />
      ))}
      <p role="status" className="text-13 text-negative empty:hidden">
        {error}
      </p>
    </fieldset>
  );
}
