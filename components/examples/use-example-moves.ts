'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import {
  duplicateExampleAction,
  retireAction,
  submitAction,
  takeBackAction,
  unretireAction,
} from '@/lib/examples/example-actions';
import type { ExampleDetail } from '@/lib/examples/example-detail';
import type { Move } from '@/lib/examples/example-rules';
import { useToast } from '../ui/toast';
import { fetchExample } from './example-api';
import { useExamples } from './examples-context';
import type { Draft } from './use-draft';
import type { ExamplesAddress } from './use-examples-url';

const ACTION = {
  submit: submitAction,
  take_back: takeBackAction,
  retire: retireAction,
  unretire: unretireAction,
} as const;

const BACK: Record<Move, Move> = {
  submit: 'take_back',
  take_back: 'submit',
  retire: 'unretire',
  unretire: 'retire',
};

/** Moves of the open example; what was typed is saved before. */
export function useExampleMoves(detail: ExampleDetail, draft: Draft, address: ExamplesAddress) {
  const t = useTranslations('examples');
  const toast = useToast();
  const { workspace, withdrawApproval, onDetail, onListChanged } = useExamples();
  const [pending, setPending] = useState<Move | 'duplicate' | 'withdraw' | null>(null);
  const { id } = detail.row;

  const fail = (message: string) => toast.show({ title: message, tone: 'negative' });
  const doMove = async (move: Move, version: number): Promise<ExampleDetail> => {
    const answer = await ACTION[move]({ workspace, id, version });
    if (!answer.ok) throw new Error(answer.error.message);
    onDetail(answer.data);
    return answer.data;
  };
  const attempt = async (name: NonNullable<typeof pending>, work: () => Promise<void>) => {
    setPending(name);
    try {
      await work();
    } catch (error) {
      // A lost connection rejects with a message that says nothing to people.
      fail(error instanceof TypeError ? t('save.offline') : (error as Error).message);
    } finally {
      setPending(null);
    }
  };
  const run = (move: Move) =>
    attempt(move, async () => {
      const saved = move === 'submit' ? await draft.save() : detail;
      if (!saved) return;
      const moved = await doMove(move, saved.row.version);
      toast.show({
        title: t(`moved.${move}`, { number: detail.row.number }),
        undo: () => doMove(BACK[move], moved.row.version),
      });
    });
  const duplicate = () =>
    attempt('duplicate', async () => {
      const answer = await duplicateExampleAction({ workspace, id });
      if (!answer.ok) throw new Error(answer.error.message);
      onDetail(answer.data);
      onListChanged();
      address.openExample(answer.data.row.number);
    });
  const withdraw = () =>
    attempt('withdraw', async () => {
      const answer = await withdrawApproval({ workspace, exampleId: id });
      // Also after a refusal: somebody else may have withdrawn it first.
      const fresh = await fetchExample(workspace, id);
      if (fresh.ok) onDetail(fresh.data);
      if (!answer.ok) throw new Error(answer.error.message);
      onListChanged();
      toast.show({ title: t('moved.withdraw', { number: detail.row.number }) });
    });
  return { run, duplicate, withdraw, pending };
}
export type ExampleMoves = ReturnType<typeof useExampleMoves>;
