'use client';

import { Popover as BasePopover } from '@base-ui/react/popover';
import { cn } from './cn';
import { POPUP } from './control-class';

interface PopoverBase {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  trigger: React.ReactElement<Record<string, unknown>>;
  children: React.ReactNode;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'bottom' | 'left' | 'right';
  className?: string;
}

/** What the panel is called: a title that is printed, or a name for screen readers. */
export type PopoverProps = PopoverBase &
  ({ title: React.ReactNode; label?: undefined } | { title?: undefined; label: string });

/** A small panel beside its button. */
export function Popover(props: PopoverProps) {
  const {
    open,
    onOpenChange,
    trigger,
    title,
    label,
    children,
    align = 'start',
    side,
    className,
  } = props;
  return (
    <BasePopover.Root open={open} onOpenChange={onOpenChange}>
      <BasePopover.Trigger render={trigger} />
      <BasePopover.Portal>
        <BasePopover.Positioner align={align} side={side} sideOffset={6} className="z-50">
          <BasePopover.Popup
            aria-label={label}
            className={cn(
              POPUP,
              'max-h-(--available-height) w-80 max-w-(--available-width) overflow-y-auto p-4',
              className,
            )}
          >
            {title ? (
              <BasePopover.Title className="mb-2 text-14 font-semibold">{title}</BasePopover.Title>
            ) : null}
            {children}
          </BasePopover.Popup>
        </BasePopover.Positioner>
      </BasePopover.Portal>
    </BasePopover.Root>
  );
}
