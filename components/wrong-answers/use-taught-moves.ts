'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import {
  retireAction,
  submitAction,
  takeBackAction,
  unretireAction,
} from '@/lib/examples/example-actions';
import { withdrawApprovalAction } from '@/lib/reviews/withdrawal-actions';
import type { TaughtExample } from '@/lib/wrong-answers/taught-queries';
import { useToast } from '../ui/toast';

const MOVES = {
  submit: { go: submitAction, back: takeBackAction },
  retire: { go: retireAction, back: unretireAction },
} as const;

type Subject = {
  workspace: string;
  exampleId: string;
  today: NonNullable<TaughtExample['today']>;
};

/** Moves of a listed example, each with its way back; the page then shows its new state. */
export function useTaughtMoves({ workspace, exampleId: id, today }: Subject) {
  const t = useTranslations('examples');
  const router = useRouter();
  const toast = useToast();
  const [pending, setPending] = useState<keyof typeof MOVES | null>(null);
  const fail = (title: string) => toast.show({ title, tone: 'negative' });
  const run = async (move: keyof typeof MOVES) => {
    setPending(move);
    const answer = await MOVES[move].go({ workspace, id, version: today.version });
    setPending(null);
    // Also after a refusal: somebody else may have changed it first.
    router.refresh();
    if (!answer.ok) return fail(answer.error.message);
    const { version } = answer.data.row;
    return toast.show({
      title: t(`moved.${move}`, { number: today.number }),
      undo: async () => {
        const undone = await MOVES[move].back({ workspace, id, version });
        if (!undone.ok) throw new Error(undone.error.message);
        router.refresh();
      },
    });
  };
  const withdraw = async () => {
    const answer = await withdrawApprovalAction({ workspace, exampleId: id });
    router.refresh();
    if (!answer.ok) return void fail(answer.error.message);
    toast.show({ title: t('moved.withdraw', { number: today.number }) });
  };
  return { run, withdraw, pending };
}
