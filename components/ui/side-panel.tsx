'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { IconButton } from './icon-button';

export interface SidePanelProps {
  /** Its name, also for screen readers. */
  title: React.ReactNode;
  label: string;
  onClose: () => void;
  /** Buttons beside the title. */
  actions?: React.ReactNode;
  footer?: React.ReactNode;
  children: React.ReactNode;
}

const SMALLEST = 28;
const LARGEST = 70;

/**
 * A panel beside a list, 44 % wide and resizable, that takes room instead of hiding rows.
 * Its parent is a flex row with the list first; on small screens it covers the list.
 */
export function SidePanel({ title, label, onClose, actions, footer, children }: SidePanelProps) {
  const t = useTranslations('ui');
  const [width, setWidth] = useState(44);
  const resize = (next: number) => setWidth(Math.min(LARGEST, Math.max(SMALLEST, next)));
  const drag = (event: React.PointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = event.currentTarget.parentElement?.parentElement?.getBoundingClientRect();
    if (box) resize(((box.right - event.clientX) / box.width) * 100);
  };
  const step: Record<string, number> = { ArrowLeft: 2, ArrowRight: -2 };
  return (
    <aside
      aria-label={label}
      data-covers-page=""
      style={{ '--panel-width': `${width}%` } as React.CSSProperties}
      className="relative flex min-h-0 shrink-0 flex-col bg-surface max-md:fixed max-md:inset-0 max-md:z-30 md:sticky md:top-11 md:max-h-[calc(100dvh-2.75rem)] md:w-(--panel-width) md:border-s"
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a window splitter has no element of its own */}
      <div
        role="separator"
        tabIndex={0}
        aria-label={t('resizePanel')}
        aria-orientation="vertical"
        aria-valuenow={Math.round(width)}
        aria-valuemin={SMALLEST}
        aria-valuemax={LARGEST}
        className="absolute inset-y-0 -start-1 z-10 w-2 cursor-col-resize touch-none hover:bg-accent/25 max-md:hidden"
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onKeyDown={(event) => {
          const change = step[event.key];
          if (change) resize(width + change);
        }}
      />
      <div className="flex min-h-11 items-center gap-2 border-b py-1.5 ps-5 pe-2">
        <h2 className="min-w-0 flex-1 text-14 font-semibold">{title}</h2>
        {actions}
        <IconButton label={t('close')} keys="Esc" icon={<X />} onClick={onClose} />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4">{children}</div>
      {footer ? <div className="flex flex-wrap gap-2 border-t px-5 py-3">{footer}</div> : null}
    </aside>
  );
}
