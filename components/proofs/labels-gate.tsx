'use client';

import { Eye } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { openProofAnswersAction } from '@/lib/proofs/proof-actions';
import type { ProofView } from '@/lib/proofs/proof-queries';
import { Button } from '../ui/button';
import { Callout } from '../ui/callout';
import { useToast } from '../ui/toast';

type Props = {
  workspace: string;
  proof: Pick<ProofView, 'id' | 'isVoter' | 'endsOtherVotes'>;
  /** Prompts that nobody but this person is left to vote on. */
  lastVotes: number;
};

/** Says what looking costs before it shows whose answers they are. */
export function LabelsGate({ workspace, proof, lastVotes }: Props) {
  const { id: proofId, isVoter, endsOtherVotes } = proof;
  const isWarning = isVoter || endsOtherVotes;
  const t = useTranslations('proofs.labels');
  const tReach = useTranslations('proofs.reach');
  const router = useRouter();
  const toast = useToast();
  const [isPending, startTransition] = useTransition();
  const open = () =>
    startTransition(async () => {
      const result = await openProofAnswersAction({ workspace, proofId, endVoting: isWarning });
      if (!result.ok) toast.show({ title: result.error.message, tone: 'negative' });
      // Refused is who could vote on something since the page was shown: now it says so.
      router.refresh();
    });
  return (
    <Callout
      kind={isWarning ? 'warning' : 'info'}
      title={isVoter ? t('voterTitle') : t('title')}
      action={
        <Button pending={isPending} icon={<Eye aria-hidden="true" />} onClick={open}>
          {isWarning ? t('voter') : t('open')}
        </Button>
      }
    >
      {isVoter ? t('warning') : endsOtherVotes ? null : t('note')}
      {endsOtherVotes ? ` ${t('others')}` : null}
      {isWarning && lastVotes > 0 ? ` ${tReach('last', { count: lastVotes })}` : null}
    </Callout>
  );
}
