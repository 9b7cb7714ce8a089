'use client';

import { useTranslations } from 'next-intl';
import { phrasesOf } from '@/lib/checks/rule-schema';
import { useExamples } from './examples-context';

const OWN_CHECKS = ['unknown_slot', 'half_open_slot', 'hidden_character'] as const;

/** Rules of the brief, and the checks that need no rule, as people call them. */
export function useRuleName(): (id: string) => string {
  const t = useTranslations('examples');
  const tChecks = useTranslations('checks');
  const { brief } = useExamples();
  return (id) => {
    const own = OWN_CHECKS.find((check) => check === id);
    if (own) return t(`ownChecks.${own}`);
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
  return [...(brief?.rules ?? []).map((rule) => rule.id), ...OWN_CHECKS].map((value) => ({
    value,
    label: name(value),
  }));
}
