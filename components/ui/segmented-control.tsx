'use client';

import { Toggle } from '@base-ui/react/toggle';
import { ToggleGroup } from '@base-ui/react/toggle-group';

export interface SegmentedControlProps<Value extends string> {
  label: string;
  value: Value;
  options: { value: Value; label: React.ReactNode }[];
  onValueChange: (value: Value) => void;
}

/** Two to four ways to show the same thing; exactly one is chosen. */
export function SegmentedControl<Value extends string>(props: SegmentedControlProps<Value>) {
  const { label, value, options, onValueChange } = props;
  return (
    <ToggleGroup
      aria-label={label}
      value={[value]}
      onValueChange={(next: string[]) => {
        const chosen = options.find((option) => option.value === next[0]);
        if (chosen) onValueChange(chosen.value);
      }}
      className="inline-flex gap-0.5 rounded-control bg-neutral-soft p-0.5"
    >
      {options.map((option) => (
        <Toggle
          key={option.value}
          value={option.value}
          className="inline-flex h-7 items-center gap-1.5 rounded-[5px] px-2.5 text-13 font-medium text-ink-2 hover:text-ink data-pressed:bg-surface data-pressed:text-ink data-pressed:ring-1 data-pressed:ring-line"
        >
          {option.label}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
