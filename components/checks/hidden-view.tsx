'use client';

import { useTranslations } from 'next-intl';
import { useDeferredValue, useMemo } from 'react';
import { findHiddenCharacters } from '@/lib/hidden-characters';
import { VisibleText } from '../ui/visible-text';

/** Beside a field, which cannot draw them: the text again with its hidden characters, where it has some. */
export function HiddenView({ text }: { text: string }) {
  const t = useTranslations('checks.hidden');
  const settled = useDeferredValue(text);
  const count = useMemo(() => findHiddenCharacters(settled).length, [settled]);
  if (count === 0) return null;
  return (
    <details className="max-w-reading text-13">
      <summary className="w-fit rounded-control py-0.5 text-12 font-medium text-caution">
        {t('inField', { count })}
      </summary>
      <p
        dir="auto"
        className="mt-1 rounded-control bg-sunken p-2.5 break-words whitespace-pre-wrap"
      >
        <VisibleText text={settled} />
      </p>
    </details>
  );
}
