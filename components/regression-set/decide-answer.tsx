'use client';

import { useTranslations } from 'next-intl';
import { decideAnswerAction } from '@/lib/regression-set/regression-actions';
import { type DecidedOutcome, decidedOutcomes } from '@/lib/regression-set/regression-schema';
import { useAct } from '../accounts/use-act';
import { Button } from '../ui/button';

export interface DecideAnswerProps {
  workspace: string;
  answer: { modelId: string; itemId: string; arm: 'base' | 'tuned' };
  /** Whose answer it is. */
  label: string;
  decided: string | null;
}

const WORDS = { pass: 'good', fail: 'bad' } as const satisfies Record<DecidedOutcome, string>;

/** Lets a person say whether an answer is good or bad that its words did not decide. */
export function DecideAnswer({ workspace, answer, label, decided }: DecideAnswerProps) {
  const t = useTranslations('regression.list');
  const { act, pending } = useAct();
  const decide = (outcome: DecidedOutcome) =>
    void act(
      () => decideAnswerAction({ workspace, ...answer, outcome }),
      t('decided', { outcome }),
    );
  return (
    <fieldset className="flex flex-wrap items-center gap-2">
      <legend className="sr-only">{label}</legend>
      <span className="text-13 text-ink-3">{t('decide')}</span>
      {decidedOutcomes.map((outcome) => (
        <Button
          key={outcome}
          size="small"
          variant={decided === outcome ? 'primary' : 'secondary'}
          disabled={pending}
          aria-pressed={decided === outcome}
          onClick={() => decide(outcome)}
        >
          {t(WORDS[outcome])}
        </Button>
      ))}
    </fieldset>
  );
}
