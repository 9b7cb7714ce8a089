'use client';

import { Eye } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { openMarkedAnswerAction } from '@/lib/wrong-answers/wrong-answer-actions';
import type { AnswerRef } from '@/lib/wrong-answers/wrong-answer-schema';
import { Button } from '../ui/button';
import { Callout } from '../ui/callout';
import { useToast } from '../ui/toast';

type Props = { workspace: string; answer: AnswerRef; mayVote: boolean };

/** Says what looking costs before it shows a model's answer to a held-out example. */
export function MarkedGate({ workspace, answer, mayVote }: Props) {
  const t = useTranslations('wrongAnswers.gate');
  const tLabels = useTranslations('proofs.labels');
  const router = useRouter();
  const toast = useToast();
  const [isPending, startTransition] = useTransition();
  const open = () =>
    startTransition(async () => {
      const result = await openMarkedAnswerAction({ workspace, ...answer, endVoting: mayVote });
      if (result.ok) router.refresh();
      else toast.show({ title: result.error.message, tone: 'negative' });
    });
  return (
    <Callout
      kind={mayVote ? 'warning' : 'info'}
      title={t('title')}
      action={
        <Button pending={isPending} icon={<Eye aria-hidden="true" />} onClick={open}>
          {mayVote ? tLabels('voter') : t('open')}
        </Button>
      }
    >
      {mayVote ? `${tLabels('warning')} ` : null}
      {t('note')}
    </Callout>
  );
}
