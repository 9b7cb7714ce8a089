'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Field } from '../ui/field';
import { NumberField } from '../ui/number-field';

/** Writing and review of one example: nobody's time is measured, so it is assumed, and said so. */
const MINUTES_PER_EXAMPLE = 10;
const LONGEST = 480;

/** What writing as many examples again takes people, by minutes that the reader can change. */
export function WritingHours({ examples }: { examples: number }) {
  const t = useTranslations('curves.hours');
  const [minutes, setMinutes] = useState<number | null>(MINUTES_PER_EXAMPLE);
  const hours = Math.max(1, Math.round((examples * (minutes ?? MINUTES_PER_EXAMPLE)) / 60));
  return (
    <div className="flex flex-col gap-2">
      <Field label={t('label')} hint={t('hint')}>
        <NumberField
          value={minutes}
          min={1}
          max={LONGEST}
          unit={t('unit')}
          onValueChange={setMinutes}
        />
      </Field>
      <p aria-live="polite" className="max-w-reading text-14 text-ink-2">
        {t('text', { examples, hours })}
      </p>
    </div>
  );
}
