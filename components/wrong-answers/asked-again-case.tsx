'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import type { AskedAgainCase } from '@/lib/wrong-answers/asked-again-queries';
import { judgeAskedAgainAction } from '@/lib/wrong-answers/wrong-answer-actions';
import {
  type AskedAgainOutcome,
  askedAgainOutcomes,
} from '@/lib/wrong-answers/wrong-answer-schema';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { useToast } from '../ui/toast';
import { AnswerText } from './answer-text';

type Props = { workspace: string; laterModelId: string; one: AskedAgainCase };

const LABEL = { right_now: 'rightNow', still_wrong: 'stillWrong' } as const;

/** A marked case with the earlier and the new answer side by side, and a person's word on the new one. */
export function AskedAgainCaseView({ workspace, laterModelId, one }: Props) {
  const t = useTranslations('wrongAnswers.again');
  const router = useRouter();
  const toast = useToast();
  const [outcome, setOutcome] = useState(one.outcome);
  const [isPending, startTransition] = useTransition();
  const { modelId, exampleId, number } = one;
  const judge = (next: AskedAgainOutcome) =>
    startTransition(async () => {
      const result = await judgeAskedAgainAction({
        workspace,
        modelId,
        exampleId,
        laterModelId,
        outcome: next,
      });
      if (!result.ok) {
        toast.show({ title: result.error.message, tone: 'negative' });
        return;
      }
      setOutcome(next);
      router.refresh();
    });
  return (
    <li className="flex flex-col gap-3 border-b pb-6">
      <h3 className="flex flex-wrap gap-3 text-13 text-ink-3">
        <span>{t('number', { number })}</span>
        {one.topic ? <span dir="auto">{one.topic}</span> : null}
        {one.isHeldOut ? null : <Badge>{t('retired')}</Badge>}
      </h3>
      {one.isHeldOut ? null : (
        <p className="max-w-reading text-14 text-ink-2">{t('retiredText')}</p>
      )}
      {one.note ? (
        <p dir="auto" className="max-w-reading text-14 break-words whitespace-pre-wrap">
          {t('note', { note: one.note })}
        </p>
      ) : null}
      <AnswerText label={t('prompt')} text={one.prompt} />
      <div className="grid gap-4 md:grid-cols-3">
        <AnswerText label={t('reply')} text={one.reply} />
        <AnswerText label={t('earlier', { model: one.modelName })} text={one.earlier} />
        <AnswerText label={t('now')} text={one.now} />
      </div>
      <fieldset className="flex flex-wrap gap-2">
        <legend className="sr-only">{t('judge', { number })}</legend>
        {askedAgainOutcomes.map((value) => (
          <Button
            key={value}
            size="small"
            variant={outcome === value ? 'primary' : 'secondary'}
            aria-pressed={outcome === value}
            disabled={isPending}
            onClick={() => judge(value)}
          >
            {t(LABEL[value])}
          </Button>
        ))}
      </fieldset>
    </li>
  );
}
