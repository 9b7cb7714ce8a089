'use client';

import { useTranslations } from 'next-intl';
import { phrasesOf } from '@/lib/checks/rule-schema';
import { useExamples } from './examples-context';

const SLOT_CHECKS = ['unknown_slot', 'half_open_slot'] as const;
export type SlotCheck = (typeof SLOT_CHECKS)[number];

/** Rules of the brief, and the checks of slots, as people call them. */
export function useRuleName(): (id: string) => string {
  const t = useTranslations('examples');
  const tChecks = useTranslations('checks');
  const { brief } = useExamples();
  return (id) => {
    const slot = SLOT_CHECKS.find((check) => check === id);
    if (slot) return t(`slotChecks.${slot}`);
    const rule = brief?.rules.find((one) => one.id === id);
    if (!rule) return t('oldRule');
    if (rule.name) return rule.name;
    const [first] = phrasesOf(rule);
    const kind = tChecks(`kinds.${rule.kind}`);
    return first ? `${kind}: ${first}` : kind;
  };
}

export function useRuleOptions(): { value: string; label: string }[] {
  const name = useRuleName();
  const { brief } = useExamples();
  return [...(brief?.rules ?? []).map((rule) => rule.id), ...SLOT_CHECKS].map((value) => ({
    value,
    label: name(value),
  }));
}
