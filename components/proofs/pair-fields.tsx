'use client';

import { useTranslations } from 'next-intl';
import { opponentArms, type PlanInput, proofArms } from '@/lib/proofs/proof-schema';
import { Field } from '../ui/field';
import { Select } from '../ui/select';

export type PlannedPair = Pick<PlanInput, 'candidate' | 'opponent'>;

/** The tuned model with the base arm that validation chooses: the one pair that can show everything. */
export const defaultPair: PlannedPair = { candidate: 'tuned', opponent: null };

type Props = { pair: PlannedPair; onChange: (pair: PlannedPair) => void };

/** Which two are voted on; says what another pair than the proposed one cannot show. */
export function PairFields({ pair, onChange }: Props) {
  const t = useTranslations('proofs');
  const { candidate, opponent } = pair;
  const isOfTuned = candidate === 'tuned';
  const opponents = opponentArms.filter((arm) => arm !== candidate);
  const chooseCandidate = (value: string) => {
    const next = proofArms.find((arm) => arm === value) ?? 'tuned';
    if (next === 'tuned') onChange({ candidate: next, opponent: null });
    else
      onChange({
        candidate: next,
        opponent: opponentArms.find((arm) => arm !== next) ?? null,
      });
  };
  return (
    <details className="w-full">
      <summary className="w-fit rounded-control py-1 text-14 text-ink-2">{t('plan.more')}</summary>
      <div className="mt-2 flex max-w-md flex-col gap-5">
        <Field label={t('plan.candidate')}>
          <Select
            value={candidate}
            options={proofArms.map((value) => ({ value, label: t(`arm.${value}`) }))}
            onValueChange={chooseCandidate}
          />
        </Field>
        <Field
          label={t('plan.opponent')}
          hint={
            isOfTuned
              ? opponent === null
                ? undefined
                : t('plan.opponentHint')
              : t('plan.othersHint')
          }
        >
          <Select
            value={opponent ?? 'validation'}
            options={[...(isOfTuned ? (['validation'] as const) : []), ...opponents].map(
              (value) => ({ value, label: t(`plan.opponents.${value}`) }),
            )}
            onValueChange={(value) =>
              onChange({ candidate, opponent: opponents.find((arm) => arm === value) ?? null })
            }
          />
        </Field>
      </div>
    </details>
  );
}
