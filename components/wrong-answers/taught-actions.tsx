'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { serializeExampleUrl } from '@/lib/examples/example-url';
import type { TaughtExample } from '@/lib/wrong-answers/taught-queries';
import { wayToReview } from '@/lib/wrong-answers/wrong-answer-rules';
import { AlertDialog } from '../ui/alert-dialog';
import { Button, LinkButton } from '../ui/button';
import { useTaughtMoves } from './use-taught-moves';

type Props = {
  workspace: string;
  datasetId: string;
  exampleId: string;
  today: NonNullable<TaughtExample['today']>;
};

/** Open to edit, before a reviewer again, or out of all further releases: what its state allows. */
export function TaughtActions({ workspace, datasetId, exampleId, today }: Props) {
  const t = useTranslations('wrongAnswers.taught');
  const { number, may } = today;
  const moves = useTaughtMoves({ workspace, exampleId, today });
  const way = may ? wayToReview(may) : 'none';
  return (
    <div className="flex flex-wrap items-center gap-2">
      <LinkButton
        size="small"
        prefetch={false}
        href={serializeExampleUrl(`/w/${workspace}/datasets/${datasetId}/examples`, {
          open: number,
        })}
      >
        {t('openToEdit')}
      </LinkButton>
      {way === 'submit' ? (
        <Button
          size="small"
          pending={moves.pending === 'submit'}
          onClick={() => void moves.run('submit')}
        >
          {t('submit')}
        </Button>
      ) : null}
      {way === 'withdraw' ? <Withdraw number={number} onConfirm={moves.withdraw} /> : null}
      {may?.retire === null ? (
        <Button
          size="small"
          variant="danger"
          pending={moves.pending === 'retire'}
          onClick={() => void moves.run('retire')}
        >
          {t('retire')}
        </Button>
      ) : null}
      {way === 'edit' || way === 'in_review' || way === 'retired' ? (
        <span className="text-13 text-ink-3">{t(`way.${way}`)}</span>
      ) : null}
    </div>
  );
}

/** An approved example goes before a reviewer again when its approval is withdrawn; said before. */
function Withdraw({ number, onConfirm }: { number: number; onConfirm: () => Promise<void> }) {
  const t = useTranslations('wrongAnswers.taught');
  const tExamples = useTranslations('examples.withdraw');
  const [isOpen, setOpen] = useState(false);
  return (
    <AlertDialog
      open={isOpen}
      onOpenChange={setOpen}
      trigger={<Button size="small">{t('withdraw')}</Button>}
      title={tExamples('title', { number })}
      effect={tExamples('effect')}
      confirmLabel={tExamples('confirm')}
      onConfirm={onConfirm}
    />
  );
}
