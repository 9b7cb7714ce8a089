'use client';

import { Button as BaseButton } from '@base-ui/react/button';
import { LoaderCircle } from 'lucide-react';
import Link from 'next/link';
import { useFormStatus } from 'react-dom';
import { type ButtonSize, type ButtonVariant, buttonClass } from './button-class';
import { cn } from './cn';

interface ButtonLook {
  variant?: ButtonVariant | undefined;
  size?: ButtonSize;
  icon?: React.ReactNode;
  /** Printed at the end, usually `<HotkeyKbd id="…" />` or `<Kbd>`. */
  kbd?: React.ReactNode;
}

export interface ButtonProps
  extends ButtonLook,
    Omit<React.ComponentProps<'button'>, 'className' | 'style'> {
  className?: string;
  /** While true the button keeps its size and focus and cannot be pressed again. */
  pending?: boolean;
}

/**
 * A button. A disabled one stays focusable, so that a tooltip around it can say why.
 */
export function Button({
  variant,
  size,
  icon,
  kbd,
  pending = false,
  disabled = false,
  type = 'button',
  className,
  children,
  ...props
}: ButtonProps) {
  return (
    <BaseButton
      {...props}
      type={type}
      disabled={disabled || pending}
      focusableWhenDisabled
      aria-busy={pending || undefined}
      className={cn(buttonClass(variant, size), className)}
    >
      {pending ? <LoaderCircle aria-hidden="true" className="animate-spin" /> : icon}
      {children}
      {kbd}
    </BaseButton>
  );
}

/** The button of a form with an action: pending while the form is sent. */
export function SubmitButton(props: Omit<ButtonProps, 'type' | 'pending'>) {
  const { pending } = useFormStatus();
  return <Button variant="primary" {...props} type="submit" pending={pending} />;
}

export interface LinkButtonProps
  extends ButtonLook,
    Omit<React.ComponentProps<typeof Link>, 'className' | 'style'> {
  className?: string;
}

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function LinkButton({
  variant,
  size,
  icon,
  kbd,
  className,
  children,
  ...props
}: LinkButtonProps) {
  return (
    <Link {...props} className={cn(buttonClass(variant, size), className)}>
      {icon}
      {children}
      {kbd}
    </Link>
  );
}
