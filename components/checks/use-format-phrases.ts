'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useCallback } from 'react';
import type { FormatList } from '@/lib/checks/finding-message';

/** Phrases in quotation marks, joined as the reader's language does. */
export function useFormatPhrases(): FormatList {
  const t = useTranslations('checks');
  const format = useFormatter();
  return useCallback(
    (phrases, match) => {
      const quoted = phrases.map((phrase) => t('quoted', { phrase }));
      return format.list(quoted, { type: match === 'any' ? 'disjunction' : 'conjunction' });
    },
    [t, format],
  );
}
