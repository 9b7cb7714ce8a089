'use client';

import { Button, type ButtonProps } from './button';
import { cn } from './cn';
import { Tooltip } from './tooltip';

export interface IconButtonProps
  extends Omit<ButtonProps, 'children' | 'icon' | 'kbd' | 'aria-label'> {
  icon: React.ReactNode;
  /** The name for screen readers and the tooltip. */
  label: string;
  /** The key shown in the tooltip. */
  keys?: string;
  side?: 'top' | 'bottom' | 'left' | 'right';
}

/** A button with an icon only; its words and key are in the tooltip. */
export function IconButton({
  label,
  keys,
  side,
  icon,
  variant = 'quiet',
  size = 'medium',
  className,
  ...props
}: IconButtonProps) {
  const width = size === 'small' ? 'w-7 px-0' : size === 'large' ? 'w-11 px-0' : 'w-8 px-0';
  return (
    <Tooltip text={label} keys={keys} side={side}>
      <Button
        {...props}
        aria-label={label}
        variant={variant}
        size={size}
        icon={icon}
        className={cn(width, className)}
      />
    </Tooltip>
  );
}
