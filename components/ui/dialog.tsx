'use client';

import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from './cn';
import { IconButton } from './icon-button';

export const BACKDROP =
  'fixed inset-0 z-40 bg-backdrop transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0';

export const DIALOG_POPUP =
  'relative flex max-h-full w-full flex-col rounded-panel bg-surface text-ink shadow-float outline-none transition-[opacity,scale] data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0';

export interface DialogProps {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** The button that opens it; left out where `open` is controlled. */
  trigger?: React.ReactElement<Record<string, unknown>>;
  title: React.ReactNode;
  description?: React.ReactNode;
  children?: React.ReactNode;
  /** Buttons at the end, the primary one last. */
  footer?: React.ReactNode;
  size?: 'small' | 'medium' | 'large';
}

const WIDTH = { small: 'max-w-md', medium: 'max-w-xl', large: 'max-w-4xl' };

/** A window over the page. Escape and a click beside it close it; focus returns to the trigger. */
export function Dialog(props: DialogProps) {
  const t = useTranslations('ui');
  const { open, onOpenChange, trigger, title, description, children, footer, size } = props;
  return (
    <BaseDialog.Root open={open} onOpenChange={onOpenChange}>
      {trigger ? <BaseDialog.Trigger render={trigger} /> : null}
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={BACKDROP} />
        <BaseDialog.Viewport className="fixed inset-0 z-40 flex items-center justify-center p-4">
          <BaseDialog.Popup className={cn(DIALOG_POPUP, WIDTH[size ?? 'small'])}>
            <div className="px-5 pt-4.5 pb-2 pe-14">
              <div>
                <BaseDialog.Title className="text-16 font-semibold">{title}</BaseDialog.Title>
                {description ? (
                  <BaseDialog.Description className="mt-1 text-14 text-ink-2">
                    {description}
                  </BaseDialog.Description>
                ) : null}
              </div>
            </div>
            <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-5">{children}</div>
            {footer ? (
              <div className="flex flex-wrap justify-end gap-2 border-t px-5 py-3">{footer}</div>
            ) : null}
            {/* Last in order, so that the first field gets the focus and not the way out. */}
            <BaseDialog.Close
              render={
                <IconButton label={t('close')} icon={<X />} className="absolute end-3 top-3" />
              }
            />
          </BaseDialog.Popup>
        </BaseDialog.Viewport>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}

/** Closes the dialog around it: `<DialogClose render={<Button>…</Button>} />`. */
export const DialogClose = BaseDialog.Close;
