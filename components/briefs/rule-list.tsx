'use client';

import { useTranslations } from 'next-intl';
import type { HouseRule } from '@/lib/checks/rule-schema';
import { RuleRow } from './rule-row';

/** House-style rules to be read. */
export function RuleList({ rules }: { rules: HouseRule[] }) {
  const t = useTranslations('brief.rules');
  if (rules.length === 0) return <p className="text-14 text-ink-3">{t('none')}</p>;
  return (
    <ol aria-label={t('list')} className="max-w-form border-t">
      {rules.map((rule) => (
        <RuleRow key={rule.id} rule={rule} />
      ))}
    </ol>
  );
}
