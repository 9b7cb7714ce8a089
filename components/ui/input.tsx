'use client';

import { Input as BaseInput } from '@base-ui/react/input';
import { cn } from './cn';
import { CONTROL } from './control-class';

export interface InputProps extends Omit<React.ComponentProps<'input'>, 'className' | 'style'> {
  className?: string;
  /** An icon at the start, such as a magnifier. */
  icon?: React.ReactNode;
}

/** A one-line text field. Inside a `Field` it takes label, hint and error from there. */
export function Input({ className, icon, type = 'text', ...props }: InputProps) {
  const input = (
    <BaseInput
      dir="auto"
      {...props}
      type={type}
      className={cn(CONTROL, 'h-8', icon ? 'ps-8' : null, icon ? null : className)}
    />
  );
  if (!icon) return input;
  return (
    <span className={cn('relative block', className)}>
      <span
        aria-hidden="true"
        className="pointer-events-none absolute inset-y-0 start-2.5 flex items-center text-ink-3"
      >
        {icon}
      </span>
      {input}
    </span>
  );
}
