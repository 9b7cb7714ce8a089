'use client';

import { Eye } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import type { AskedAgainCase } from '@/lib/wrong-answers/asked-again-queries';
import { openAskedAgainAction } from '@/lib/wrong-answers/wrong-answer-actions';
import type { AskedAgainCounts } from '@/lib/wrong-answers/wrong-answer-rules';
import { Button } from '../ui/button';
import { Callout } from '../ui/callout';
import { Section } from '../ui/section';
import { Stat, Stats } from '../ui/stat';
import { useToast } from '../ui/toast';
import { AskedAgainCaseView } from './asked-again-case';

type Props = {
  workspace: string;
  modelId: string;
  counts: AskedAgainCounts;
  /** This person may still vote on these examples; opening the answers ends that. */
  mayVote: boolean;
};

/** What became of the cases that were marked for earlier models; the answers open on request. */
export function AskedAgain({ workspace, modelId, counts, mayVote }: Props) {
  const t = useTranslations('wrongAnswers.again');
  const [cases, setCases] = useState<AskedAgainCase[] | null>(null);
  if (counts.cases === 0) return null;
  const { asked, notHeldOut, notAnswered } = counts;
  return (
    <Section title={t('title')} description={t('description', { cases: counts.cases, asked })}>
      {mayVote ? null : (
        <Stats>
          <Stat label={t('rightNow')} value={counts.rightNow} />
          <Stat label={t('stillWrong')} value={counts.stillWrong} />
          <Stat label={t('undecided')} value={counts.open} />
          <Stat label={t('notAsked')} value={notHeldOut + notAnswered} />
        </Stats>
      )}
      {notHeldOut > 0 ? <Note>{t('notHeldOut', { count: notHeldOut })}</Note> : null}
      {notAnswered > 0 ? <Note>{t('notAnswered', { count: notAnswered })}</Note> : null}
      {cases ? (
        <ol className="flex flex-col gap-6">
          {cases.map((one) => (
            <AskedAgainCaseView
              key={one.exampleId}
              workspace={workspace}
              laterModelId={modelId}
              one={one}
            />
          ))}
        </ol>
      ) : asked > 0 ? (
        <OpenBoth workspace={workspace} modelId={modelId} mayVote={mayVote} onOpen={setCases} />
      ) : null}
    </Section>
  );
}

const Note = ({ children }: { children: string }) => (
  <p className="max-w-reading text-14 text-ink-2">{children}</p>
);

function OpenBoth({
  workspace,
  modelId,
  mayVote,
  onOpen,
}: Omit<Props, 'counts'> & { onOpen: (cases: AskedAgainCase[]) => void }) {
  const t = useTranslations('wrongAnswers.again');
  const tLabels = useTranslations('proofs.labels');
  const toast = useToast();
  const [isPending, startTransition] = useTransition();
  const open = () =>
    startTransition(async () => {
      const result = await openAskedAgainAction({ workspace, modelId, endVoting: mayVote });
      if (result.ok) onOpen(result.data);
      else toast.show({ title: result.error.message, tone: 'negative' });
    });
  return (
    <Callout
      kind={mayVote ? 'warning' : 'info'}
      action={
        <Button pending={isPending} icon={<Eye aria-hidden="true" />} onClick={open}>
          {mayVote ? tLabels('voter') : t('open')}
        </Button>
      }
    >
      {mayVote ? `${tLabels('warning')} ` : null}
      {t('warning')}
    </Callout>
  );
}
