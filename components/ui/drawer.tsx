'use client';

import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from './cn';
import { BACKDROP } from './dialog';
import { IconButton } from './icon-button';

export interface DrawerProps {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  trigger?: React.ReactElement<Record<string, unknown>>;
  title: React.ReactNode;
  /** Keeps the title for screen readers only. */
  hideTitle?: boolean;
  side?: 'start' | 'end';
  children: React.ReactNode;
  footer?: React.ReactNode;
  className?: string;
}

/** A panel that slides over the page from its side. For a panel beside the page: `SidePanel`. */
export function Drawer(props: DrawerProps) {
  const t = useTranslations('ui');
  const { side = 'end', title, hideTitle, children, footer, className } = props;
  return (
    <BaseDialog.Root open={props.open} onOpenChange={props.onOpenChange}>
      {props.trigger ? <BaseDialog.Trigger render={props.trigger} /> : null}
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={BACKDROP} />
        <BaseDialog.Popup
          className={cn(
            'fixed inset-y-0 z-40 flex w-[min(28rem,calc(100vw-3rem))] flex-col bg-surface text-ink shadow-float outline-none transition-[translate,opacity] data-ending-style:opacity-0 data-starting-style:opacity-0',
            side === 'end'
              ? 'end-0 data-ending-style:translate-x-4 data-starting-style:translate-x-4'
              : 'start-0 data-ending-style:-translate-x-4 data-starting-style:-translate-x-4',
            className,
          )}
        >
          <div className={cn('flex items-center gap-3 py-2.5 ps-5 pe-3', hideTitle && 'sr-only')}>
            <BaseDialog.Title className="min-w-0 flex-1 text-16 font-semibold">
              {title}
            </BaseDialog.Title>
            <BaseDialog.Close render={<IconButton label={t('close')} icon={<X />} />} />
          </div>
          <div className={cn('min-h-0 flex-1 overflow-y-auto', !hideTitle && 'px-5 pb-5')}>
            {children}
          </div>
          {footer ? (
            <div className="flex flex-wrap justify-end gap-2 border-t px-5 py-3">{footer}</div>
          ) : null}
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}
