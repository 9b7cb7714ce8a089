'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { type HouseRule, phrasesOf } from '@/lib/checks/rule-schema';

const SHOWN = 4;

/** `const say = useRuleSentence(); say(rule)` — what the rule asks, in one sentence. */
export function useRuleSentence(): (rule: HouseRule) => string {
  const t = useTranslations('checks.sentences');
  const checks = useTranslations('checks');
  const format = useFormatter();
  return useCallback(
    (rule) => {
      if (rule.kind === 'length') {
        const { unit, min, max } = rule;
        if (min !== undefined && max !== undefined)
          return t(`length_between_${unit}`, { min, max });
        return min === undefined
          ? t(`length_max_${unit}`, { max: max ?? 0 })
          : t(`length_min_${unit}`, { min });
      }
      const all = phrasesOf(rule);
      const match = rule.kind === 'must_mention' ? rule.match : 'any';
      const quoted = all.slice(0, SHOWN).map((phrase) => checks('quoted', { phrase }));
      const rest = all.length - SHOWN;
      const phrases = format.list(rest > 0 ? [...quoted, t('more', { count: rest })] : quoted, {
        type: match === 'any' ? 'disjunction' : 'conjunction',
      });
      return rule.kind === 'must_mention'
        ? t(`must_mention_${rule.match}`, { phrases })
        : t(rule.kind, { phrases });
    },
    [t, checks, format],
  );
}
