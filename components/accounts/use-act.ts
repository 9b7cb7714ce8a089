'use client';

import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import type { Result } from '@/lib/result';
import { useToast } from '../ui/toast';

/**
 * Runs an action from a menu or a select: says what was done (`done`, or what it returns), or why
 * not. Resolves to whether it was done.
 */
export function useAct(): {
  pending: boolean;
  act: <T>(
    run: () => Promise<Result<T>>,
    done: string | ((data: T) => unknown),
  ) => Promise<boolean>;
} {
  const t = useTranslations('accounts');
  const toast = useToast();
  const [pending, startTransition] = useTransition();
  const act = <T>(run: () => Promise<Result<T>>, done: string | ((data: T) => unknown)) =>
    new Promise<boolean>((resolve) => {
      startTransition(async () => {
        const result = await run().catch(() => null);
        if (result?.ok) {
          const said = typeof done === 'string' ? done : done(result.data);
          if (typeof said === 'string') toast.show({ title: said });
        } else {
          toast.show({ title: result?.error.message ?? t('errors.network'), tone: 'negative' });
        }
        resolve(result?.ok ?? false);
      });
    });
  return { pending, act };
}
