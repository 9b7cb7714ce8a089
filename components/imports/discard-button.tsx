'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { AlertDialog } from '@/components/ui/alert-dialog';
import { Button } from '@/components/ui/button';
import { useToast } from '@/components/ui/toast';
import { discardImportAction } from '@/lib/imports/import-actions';

/** Gives up an import before it is carried out. */
export function DiscardButton(props: { workspace: string; importId: string; version: number }) {
  const t = useTranslations('imports.mapping');
  const router = useRouter();
  const toast = useToast();
  const discard = async () => {
    const result = await discardImportAction(props);
    if (result.ok) router.push('.');
    else toast.show({ title: result.error.message, tone: 'negative' });
  };
  return (
    <AlertDialog
      trigger={<Button variant="quiet">{t('discard')}</Button>}
      title={t('discard')}
      effect={t('discardEffect')}
      confirmLabel={t('discardConfirm')}
      onConfirm={discard}
    />
  );
}
