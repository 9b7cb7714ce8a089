'use client';

import { useTranslations } from 'next-intl';
import { AlertDialog } from '@/components/ui/alert-dialog';
import { Button } from '@/components/ui/button';
import { useToast } from '@/components/ui/toast';
import { readProblem } from './use-quote';
import type { LiveRun } from './use-run';

/** Asks before a training is ended. */
export function CancelRun({ run }: { run: LiveRun }) {
  const t = useTranslations('training.run');
  const toast = useToast();
  const cancel = async () => {
    const response = await fetch(`/api/runs/${run.id}/cancel`, { method: 'POST' });
    if (!response.ok) toast.show({ title: (await readProblem(response)).detail, tone: 'negative' });
  };
  if (run.cancelRequestedAt) return <Button disabled>{t('cancelling')}</Button>;
  return (
    <AlertDialog
      trigger={<Button>{t('cancel')}</Button>}
      title={t('cancelTitle')}
      effect={t('cancelEffect')}
      confirmLabel={t('cancelConfirm')}
      onConfirm={cancel}
    />
  );
}
