'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { createPlanAction } from '@/lib/proofs/proof-actions';
import {
  isVoted,
  MAX_VOTES,
  type ProofMeasure,
  planDefaults,
  proofMeasures,
} from '@/lib/proofs/proof-schema';
import type { PlanVoters } from '@/lib/proofs/voter-queries';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { NumberField } from '../ui/number-field';
import { RadioGroup } from '../ui/radio-group';
import { useToast } from '../ui/toast';
import { defaultPair, PairFields, type PlannedPair } from './pair-fields';
import { PlanVotersNote } from './voters-note';

type Props = { workspace: string; releaseId: string; hasFields: boolean; voters: PlanVoters };

/** The three things that are written down before the answers, and how many people vote. */
export function PlanForm({ workspace, releaseId, hasFields, voters }: Props) {
  const t = useTranslations('proofs.plan');
  const router = useRouter();
  const toast = useToast();
  const [measure, setMeasure] = useState<ProofMeasure>('blind_votes');
  const [bar, setBar] = useState(planDefaults.blind_votes.barOf100);
  const [margin, setMargin] = useState(planDefaults.blind_votes.marginOf100);
  const [votes, setVotes] = useState(1);
  const [pair, setPair] = useState<PlannedPair>(defaultPair);
  const [isPending, startTransition] = useTransition();
  const offered = proofMeasures.filter((one) => hasFields || one !== 'whole_document');
  const choose = (value: string) => {
    const next = proofMeasures.find((one) => one === value) ?? 'blind_votes';
    setMeasure(next);
    setBar(planDefaults[next].barOf100);
    setMargin(planDefaults[next].marginOf100);
  };
  const seal = (event: React.FormEvent) => {
    event.preventDefault();
    startTransition(async () => {
      const result = await createPlanAction({
        workspace,
        releaseId,
        measure,
        barOf100: bar,
        marginOf100: margin,
        votesPerPrompt: votes,
        ...(isVoted(measure) ? pair : defaultPair),
      });
      toast.show(
        result.ok
          ? { title: t('sealed') }
          : { title: result.error.message, tone: 'negative' as const },
      );
      if (result.ok) router.refresh();
    });
  };
  return (
    <form className="flex max-w-2xl flex-col items-start gap-5" onSubmit={seal}>
      <RadioGroup
        label={t('measure')}
        value={measure}
        onValueChange={choose}
        options={offered.map((value) => ({
          value,
          label: t(`measures.${value}`),
          hint: t(`measureHints.${value}`),
        }))}
      />
      <Field label={t(`bar.${measure}`)}>
        <NumberField
          value={bar}
          min={1}
          max={100}
          unit={t(`barUnit.${measure}`)}
          onValueChange={(value) => setBar(value ?? bar)}
        />
      </Field>
      <Field label={t('margin')}>
        <NumberField
          value={margin}
          min={0}
          max={50}
          unit={t('marginUnit')}
          onValueChange={(value) => setMargin(value ?? margin)}
        />
      </Field>
      {isVoted(measure) ? (
        <>
          <Field label={t('votes')}>
            <NumberField
              value={votes}
              min={1}
              max={MAX_VOTES}
              unit={t('votesUnit', { count: votes })}
              onValueChange={(value) => setVotes(value ?? votes)}
            />
          </Field>
          <PlanVotersNote workspace={workspace} voters={voters} votes={votes} />
          <PairFields pair={pair} onChange={setPair} />
        </>
      ) : null}
      <Button type="submit" pending={isPending}>
        {t('seal')}
      </Button>
    </form>
  );
}
