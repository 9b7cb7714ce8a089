'use client';

import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { type FindingToShow, toFindingMessage } from '@/lib/checks/finding-message';
import { useFormatPhrases } from './use-format-phrases';

/** `const say = useFindingText(); say(finding)` — the sentence for people. */
export function useFindingText(): (finding: FindingToShow) => string {
  const t = useTranslations('checks');
  const formatPhrases = useFormatPhrases();
  return useCallback(
    (finding) => {
      const { key, values } = toFindingMessage(finding, formatPhrases);
      return t(key as Parameters<typeof t>[0], values);
    },
    [t, formatPhrases],
  );
}
