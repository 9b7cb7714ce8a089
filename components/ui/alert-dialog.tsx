'use client';

import { AlertDialog as BaseAlertDialog } from '@base-ui/react/alert-dialog';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { Button } from './button';
import { cn } from './cn';
import { BACKDROP, DIALOG_POPUP } from './dialog';
import { Input } from './input';

export interface AlertDialogProps {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  trigger?: React.ReactElement<Record<string, unknown>>;
  title: React.ReactNode;
  /** What will happen, with its count: "37 examples are retired. You can bring them back." */
  effect: React.ReactNode;
  /** The verb on the button: "Retire 37 examples". */
  confirmLabel: string;
  cancelLabel?: string;
  tone?: 'danger' | 'primary';
  /** Asks to type this text first; only where nothing can bring the thing back. */
  typeToConfirm?: { label: string; text: string };
  /** May be async; the dialog stays open and pending until it is done, and on an error. */
  onConfirm: () => unknown;
  children?: React.ReactNode;
}

/** Asks before something with consequences. The harmless button has the first focus. */
export function AlertDialog(props: AlertDialogProps) {
  const t = useTranslations('ui');
  const [ownOpen, setOwnOpen] = useState(false);
  const [pending, setPending] = useState(false);
  const [typed, setTyped] = useState('');
  const typeId = useId();
  const open = props.open ?? ownOpen;
  const setOpen = (next: boolean) => {
    if (pending) return;
    setTyped('');
    setOwnOpen(next);
    props.onOpenChange?.(next);
  };
  const confirm = async () => {
    setPending(true);
    try {
      await props.onConfirm();
      setOwnOpen(false);
      props.onOpenChange?.(false);
    } finally {
      setPending(false);
    }
  };
  const { typeToConfirm, tone = 'danger' } = props;
  return (
    <BaseAlertDialog.Root open={open} onOpenChange={setOpen}>
      {props.trigger ? <BaseAlertDialog.Trigger render={props.trigger} /> : null}
      <BaseAlertDialog.Portal>
        <BaseAlertDialog.Backdrop className={BACKDROP} />
        <BaseAlertDialog.Viewport className="fixed inset-0 z-40 flex items-center justify-center p-4">
          <BaseAlertDialog.Popup className={cn(DIALOG_POPUP, 'max-w-md gap-3 p-5')}>
            <BaseAlertDialog.Title className="text-16 font-semibold">
              {props.title}
            </BaseAlertDialog.Title>
            <BaseAlertDialog.Description render={<div />} className="text-14 text-ink-2">
              {props.effect}
            </BaseAlertDialog.Description>
            {props.children}
            {typeToConfirm ? (
              <div className="flex flex-col gap-1.5">
                <label htmlFor={typeId} className="text-13 font-medium">
                  {typeToConfirm.label}
                </label>
                <Input
                  id={typeId}
                  value={typed}
                  onChange={(event) => setTyped(event.currentTarget.value)}
                  autoComplete="off"
                />
              </div>
            ) : null}
            <div className="mt-2 flex flex-wrap justify-between gap-2">
              <BaseAlertDialog.Close render={<Button>{props.cancelLabel ?? t('cancel')}</Button>} />
              <Button
                variant={tone}
                pending={pending}
                disabled={typeToConfirm ? typed.trim() !== typeToConfirm.text : false}
                onClick={() => void confirm()}
              >
                {props.confirmLabel}
              </Button>
            </div>
          </BaseAlertDialog.Popup>
        </BaseAlertDialog.Viewport>
      </BaseAlertDialog.Portal>
    </BaseAlertDialog.Root>
  );
}
