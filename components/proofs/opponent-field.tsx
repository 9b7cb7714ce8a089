'use client';

import { useTranslations } from 'next-intl';
import { type OpponentArm, opponentArms } from '@/lib/proofs/proof-schema';
import { Field } from '../ui/field';
import { Select } from '../ui/select';

type Props = { opponent: OpponentArm | null; onChange: (opponent: OpponentArm | null) => void };

/** Whom the tuned model is voted against: what validation chooses, or one that is named, which proves less. */
export function OpponentField({ opponent, onChange }: Props) {
  const t = useTranslations('proofs.plan');
  return (
    <details className="w-full">
      <summary className="w-fit rounded-control py-1 text-14 text-ink-2">{t('more')}</summary>
      <Field
        label={t('opponent')}
        hint={opponent === null ? undefined : t('opponentHint')}
        className="mt-2 max-w-md"
      >
        <Select
          value={opponent ?? 'validation'}
          options={(['validation', ...opponentArms] as const).map((value) => ({
            value,
            label: t(`opponents.${value}`),
          }))}
          onValueChange={(value) => onChange(opponentArms.find((arm) => arm === value) ?? null)}
        />
      </Field>
    </details>
  );
}
