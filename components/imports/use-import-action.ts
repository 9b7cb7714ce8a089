'use client';

import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { useToast } from '@/components/ui/toast';
import type { Result } from '@/lib/result';

/** Runs an action of an import, shows its failure and brings the page up to date either way. */
export function useImportAction() {
  const router = useRouter();
  const toast = useToast();
  const [isPending, startTransition] = useTransition();
  const run = (act: () => Promise<Result<unknown>>, goTo?: string) =>
    startTransition(async () => {
      const result = await act();
      if (!result.ok) toast.show({ title: result.error.message, tone: 'negative' });
      if (result.ok && goTo) router.push(goTo);
      else router.refresh();
    });
  return { isPending, run };
}
