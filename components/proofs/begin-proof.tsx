'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { createProofAction } from '@/lib/proofs/proof-actions';
import { Button } from '../ui/button';
import { useToast } from '../ui/toast';

type Props = {
  workspace: string;
  modelId: string;
  planId: string;
  /** A proof of the model, the same begun again, or a comparison of two others. */
  label?: 'button' | 'again' | 'pair';
};

/** Lets a worker make the answers; a double click begins one proof. */
export function BeginProof({ workspace, modelId, planId, label = 'button' }: Props) {
  const t = useTranslations('proofs.begin');
  const router = useRouter();
  const toast = useToast();
  const [isPending, startTransition] = useTransition();
  const begin = () =>
    startTransition(async () => {
      const result = await createProofAction({ workspace, modelId, planId });
      if (!result.ok) {
        toast.show({ title: result.error.message, tone: 'negative' });
        return;
      }
      router.push(`/w/${workspace}/proofs/${result.data.id}`);
      router.refresh();
    });
  return (
    <Button
      variant={label === 'pair' ? 'secondary' : 'primary'}
      pending={isPending}
      onClick={begin}
    >
      {t(label)}
    </Button>
  );
}
