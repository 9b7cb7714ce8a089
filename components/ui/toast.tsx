'use client';

import { Toast as BaseToast } from '@base-ui/react/toast';
import { CircleAlert, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { buttonClass } from './button-class';
import { cn } from './cn';

/** How long an Undo stays, in milliseconds. */
const UNDO_TIMEOUT = 10_000;
const NOTICE_TIMEOUT = 6_000;

export interface ToastOptions {
  title: string;
  description?: string | undefined;
  /** Errors stay until they are closed. */
  tone?: 'neutral' | 'negative';
  /** Shows Undo for ten seconds. May be async; a failure is said in a toast. */
  undo?: (() => unknown) | undefined;
}

/** `const toast = useToast(); toast.show({ title, undo })` — what just happened, with a way back. */
export function useToast(): {
  show: (options: ToastOptions) => string;
  close: (id: string) => void;
} {
  const t = useTranslations('ui');
  const { add, close } = BaseToast.useToastManager();
  return useMemo(() => {
    const show = ({ title, description, tone = 'neutral', undo }: ToastOptions): string => {
      const id: string = add({
        title,
        description,
        type: tone,
        timeout: tone === 'negative' ? 0 : undo ? UNDO_TIMEOUT : NOTICE_TIMEOUT,
        actionProps: undo ? { children: t('undo'), onClick: () => void runUndo(undo) } : undefined,
      });
      const runUndo = async (run: NonNullable<ToastOptions['undo']>) => {
        close(id);
        try {
          await run();
          show({ title: t('undone') });
        } catch {
          show({ title: t('undoFailed'), tone: 'negative' });
        }
      };
      return id;
    };
    return { show, close };
  }, [add, close, t]);
}

/** Holds the toasts of the whole app. F6 moves the focus to them and back. */
export function ToastProvider({ children }: { children: React.ReactNode }) {
  const t = useTranslations('ui');
  return (
    <BaseToast.Provider limit={3}>
      {children}
      <BaseToast.Portal>
        <BaseToast.Viewport
          aria-label={t('notifications')}
          data-print="hide"
          className="fixed inset-x-4 bottom-4 z-50 flex flex-col gap-2 sm:inset-x-auto sm:end-5 sm:bottom-5 sm:w-96"
        >
          <ToastList />
        </BaseToast.Viewport>
      </BaseToast.Portal>
    </BaseToast.Provider>
  );
}

function ToastList() {
  const t = useTranslations('ui');
  const { toasts } = BaseToast.useToastManager();
  return toasts.map((toast) => (
    <BaseToast.Root
      key={toast.id}
      toast={toast}
      className="rounded-panel bg-surface text-ink shadow-float transition-[opacity,translate] data-ending-style:opacity-0 data-limited:hidden data-starting-style:translate-y-2 data-starting-style:opacity-0"
    >
      <BaseToast.Content className="flex items-center gap-2 py-2 ps-4 pe-2">
        {toast.type === 'negative' ? (
          <CircleAlert aria-hidden="true" className="text-negative" />
        ) : null}
        <div className="min-w-0 flex-1 py-1">
          <BaseToast.Title render={<p />} className="text-14 font-medium" />
          <BaseToast.Description className="text-13 text-ink-2" />
        </div>
        <BaseToast.Action className={cn(buttonClass('quiet', 'small'), 'text-accent-ink')} />
        <BaseToast.Close
          aria-label={t('dismiss')}
          className={cn(buttonClass('quiet', 'small'), 'w-7 px-0')}
        >
          <X aria-hidden="true" />
        </BaseToast.Close>
      </BaseToast.Content>
    </BaseToast.Root>
  ));
}
