'use client';

import { Switch as BaseSwitch } from '@base-ui/react/switch';
import { useId } from 'react';

export interface SwitchProps {
  label: React.ReactNode;
  hint?: React.ReactNode;
  name?: string;
  checked?: boolean;
  defaultChecked?: boolean;
  disabled?: boolean;
  onCheckedChange?: (checked: boolean) => void;
}

/** On or off, at once. For a choice that waits for Save use a checkbox. */
export function Switch({ label, hint, ...props }: SwitchProps) {
  const hintId = useId();
  const labelId = useId();
  return (
    <div className="flex items-start gap-3">
      <BaseSwitch.Root
        {...props}
        aria-labelledby={labelId}
        aria-describedby={hint ? hintId : undefined}
        className="mt-0.5 inline-flex h-4.5 w-8 shrink-0 items-center rounded-full border border-line-strong bg-neutral-soft p-0.5 transition-colors data-checked:border-accent data-checked:bg-accent data-disabled:opacity-60"
      >
        <BaseSwitch.Thumb className="size-3 rounded-full bg-line-strong transition-[translate,background-color] data-checked:translate-x-3.5 data-checked:bg-on-accent rtl:data-checked:-translate-x-3.5 forced-colors:bg-[ButtonText]" />
      </BaseSwitch.Root>
      <div>
        <span id={labelId} className="block text-14">
          {label}
        </span>
        {hint ? (
          <p id={hintId} className="mt-0.5 text-13 text-ink-3">
            {hint}
          </p>
        ) : null}
      </div>
    </div>
  );
}
