'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { AlertDialog } from '@/components/ui/alert-dialog';
import { Button } from '@/components/ui/button';
import { useToast } from '@/components/ui/toast';
import { undoImportAction } from '@/lib/imports/import-actions';

export interface UndoButtonProps {
  workspace: string;
  importId: string;
  version: number;
  binned: number;
  kept: number;
}

/** Takes an import back after saying how many examples go and how many stay. */
export function UndoButton({ binned, kept, ...subject }: UndoButtonProps) {
  const t = useTranslations('imports.done');
  const router = useRouter();
  const toast = useToast();
  const undo = async () => {
    const result = await undoImportAction(subject);
    if (!result.ok) toast.show({ title: result.error.message, tone: 'negative' });
    router.refresh();
  };
  return (
    <AlertDialog
      trigger={<Button variant="quiet">{t('undo')}</Button>}
      title={t('undoTitle')}
      effect={t('undoEffect', { binned, kept })}
      confirmLabel={t('undoConfirm', { binned })}
      onConfirm={undo}
    />
  );
}
