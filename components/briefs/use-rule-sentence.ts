'use client';

import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { type HouseRule, phrasesOf } from '@/lib/checks/rule-schema';
import { useFormatPhrases } from '../checks/use-format-phrases';

const SHOWN = 4;

/** `const say = useRuleSentence(); say(rule)` — what the rule asks, in one sentence. */
export function useRuleSentence(): (rule: HouseRule) => string {
  const t = useTranslations('checks.sentences');
  const formatPhrases = useFormatPhrases();
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
      const joined = formatPhrases(all.slice(0, SHOWN), match);
      const rest = all.length - SHOWN;
      const phrases = rest > 0 ? `${joined} … (${t('more', { count: rest })})` : joined;
      return rule.kind === 'must_mention'
        ? t(`must_mention_${rule.match}`, { phrases })
        : t(rule.kind, { phrases });
    },
    [t, formatPhrases],
  );
}
