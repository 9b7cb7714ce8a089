'use client';

import { useTranslations } from 'next-intl';
import { Section } from '@/components/ui/section';
import { findExcludedAction } from '@/lib/releases/release-actions';
import {
  exclusionReasons,
  isPlanned,
  type PlannedReason,
  type ReleaseCounts,
} from '@/lib/releases/release-schema';
import { CountedList, type Listed } from './counted-list';

type Props = {
  workspace: string;
  datasetId: string;
  excluded: ReleaseCounts['excluded'];
  /** Of the reasons that only the plan tells. */
  planned: Record<PlannedReason, Listed[]>;
};

/** Every reason for which examples stay out, with its count and its list. */
export function LeftOut({ excluded, planned, ...place }: Props) {
  const t = useTranslations('releases.preview');
  const reasons = exclusionReasons.filter((reason) => (excluded[reason] ?? 0) > 0);
  return (
    <Section title={t('leftOut')}>
      {reasons.length === 0 ? <p className="text-ink-2">{t('nothingLeftOut')}</p> : null}
      <ul className="grid max-w-3xl grid-cols-[auto_1fr_auto] gap-x-3 divide-y divide-line">
        {reasons.map((reason) => (
          <CountedList
            key={reason}
            {...place}
            count={excluded[reason] ?? 0}
            label={t(`reason.${reason}`)}
            list={
              isPlanned(reason) ? planned[reason] : () => findExcludedAction({ ...place, reason })
            }
          />
        ))}
      </ul>
    </Section>
  );
}
