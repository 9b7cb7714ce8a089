'use client';

import { Undo2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { BallotView } from '@/lib/proofs/ballot-mutations';
import type { VoteChoice } from '@/lib/proofs/proof-schema';
import { HotkeyKbd } from '../hotkeys/hotkey-kbd';
import { useHotkey } from '../hotkeys/use-hotkey';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { SegmentedControl } from '../ui/segmented-control';
import { Textarea } from '../ui/textarea';
import { VoteButtons } from './vote-buttons';

type Guess = 'a' | 'b' | 'unsure';
const UNDO = { id: 'vote.undo', keys: 'z' };

type Props = {
  /** Absent when nothing is left to vote on; the last vote can still be taken back. */
  ballot: BallotView | null;
  isPending: boolean;
  canUndo: boolean;
  onVote: (choice: VoteChoice, guess: 'a' | 'b' | null, reason: string) => void;
  onUndo: () => void;
};

/** Stays at the bottom: the four ways to vote, now and then a guess, a reason, and the way back. */
export function VoteBar({ ballot, isPending, canUndo, onVote, onUndo }: Props) {
  const t = useTranslations('proofs.vote');
  const [guess, setGuess] = useState<Guess>('unsure');
  const [reason, setReason] = useState('');
  const mayUndo = canUndo && !isPending;
  useHotkey({ ...UNDO, label: t('undo'), handler: onUndo, enabled: mayUndo });
  return (
    <div className="sticky bottom-0 z-10 flex flex-col gap-3 border-t bg-canvas px-4 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:px-6">
      {ballot?.asksGuess ? (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <p className="text-14 font-medium">{t('guess')}</p>
          <SegmentedControl<Guess>
            label={t('guess')}
            value={guess}
            options={(['a', 'b', 'unsure'] as const).map((value) => ({
              value,
              label: t(`guesses.${value}`),
            }))}
            onValueChange={setGuess}
          />
        </div>
      ) : null}
      {ballot ? (
        <VoteButtons
          enabled={!isPending}
          onVote={(choice) => onVote(choice, guess === 'unsure' ? null : guess, reason)}
        />
      ) : null}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        {ballot ? (
          <details className="min-w-0 grow basis-32">
            <summary className="w-fit rounded-control py-1 text-13 text-ink-2">
              {t('addReason')}
            </summary>
            <Field label={t('reason')} hideLabel className="mt-1">
              <Textarea
                rows={2}
                maxLength={1_000}
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
              />
            </Field>
          </details>
        ) : (
          <span />
        )}
        <Button
          size="small"
          variant="quiet"
          disabled={!mayUndo}
          icon={<Undo2 aria-hidden="true" />}
          kbd={<HotkeyKbd {...UNDO} />}
          onClick={onUndo}
        >
          {t('undo')}
        </Button>
      </div>
    </div>
  );
}
