'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { closeProofAction } from '@/lib/proofs/proof-actions';
import { AlertDialog } from '../ui/alert-dialog';
import { Button } from '../ui/button';
import { useToast } from '../ui/toast';

/** Ends the vote for everybody, after asking. */
export function CloseProof({ workspace, proofId }: { workspace: string; proofId: string }) {
  const t = useTranslations('proofs.close');
  const router = useRouter();
  const toast = useToast();
  return (
    <AlertDialog
      trigger={<Button>{t('button')}</Button>}
      title={t('title')}
      effect={t('effect')}
      confirmLabel={t('confirm')}
      tone="primary"
      onConfirm={async () => {
        const result = await closeProofAction({ workspace, proofId });
        if (!result.ok) toast.show({ title: result.error.message, tone: 'negative' });
        router.refresh();
      }}
    />
  );
}
