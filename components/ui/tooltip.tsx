'use client';

import { Tooltip as BaseTooltip } from '@base-ui/react/tooltip';
import { Kbd } from './kbd';

export interface TooltipProps {
  /** The element that is explained; it must take a ref and spread props. */
  children: React.ReactElement<Record<string, unknown>>;
  text: React.ReactNode;
  keys?: string | undefined;
  side?: 'top' | 'bottom' | 'left' | 'right' | undefined;
}

/** A short explanation on hover and focus. Never the only place where something is said. */
export function Tooltip({ children, text, keys, side = 'bottom' }: TooltipProps) {
  return (
    <BaseTooltip.Root>
      <BaseTooltip.Trigger render={children} closeOnClick />
      <BaseTooltip.Portal>
        <BaseTooltip.Positioner side={side} sideOffset={6} className="z-50">
          <BaseTooltip.Popup className="flex max-w-72 items-center gap-2 rounded-control bg-ink px-2 py-1 text-12 text-canvas shadow-float transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0">
            {text}
            {keys ? <Kbd>{keys}</Kbd> : null}
          </BaseTooltip.Popup>
        </BaseTooltip.Positioner>
      </BaseTooltip.Portal>
    </BaseTooltip.Root>
  );
}
