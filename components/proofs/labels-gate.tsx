'use client';

import { Eye } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { openProofAnswersAction } from '@/lib/proofs/proof-actions';
import { Button } from '../ui/button';
import { Callout } from '../ui/callout';
import { useToast } from '../ui/toast';

type Props = {
  workspace: string;
  proofId: string;
  isVoter: boolean;
  /** Prompts that nobody but this person is left to vote on. */
  lastVotes?: number;
};

/** Says what looking costs before it shows whose answers they are. */
export function LabelsGate({ workspace, proofId, isVoter, lastVotes = 0 }: Props) {
  const t = useTranslations('proofs.labels');
  const tReach = useTranslations('proofs.reach');
  const router = useRouter();
  const toast = useToast();
  const [isPending, startTransition] = useTransition();
  const open = () =>
    startTransition(async () => {
      const result = await openProofAnswersAction({ workspace, proofId });
      if (result.ok) router.refresh();
      else toast.show({ title: result.error.message, tone: 'negative' });
    });
  return (
    <Callout
      kind={isVoter ? 'warning' : 'info'}
      title={isVoter ? t('voterTitle') : t('title')}
      action={
        <Button pending={isPending} icon={<Eye aria-hidden="true" />} onClick={open}>
          {isVoter ? t('voter') : t('open')}
        </Button>
      }
    >
      {isVoter ? t('warning') : t('note')}
      {isVoter && lastVotes > 0 ? ` ${tReach('last', { count: lastVotes })}` : null}
    </Callout>
  );
}
