'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { type RefObject, useMemo } from 'react';
import { findHiddenTexts } from '@/lib/checks/check-example';
import type { DraftContent } from '@/lib/examples/content';
import { Button } from '../ui/button';
import { Callout } from '../ui/callout';
import { showHiddenCharacter } from '../ui/visible-text';

export interface HiddenCalloutProps {
  content: DraftContent;
  /** What shows the texts, with their hidden characters drawn. */
  texts: RefObject<HTMLElement | null>;
}

/** Says in which texts of an example something hides, and leads to the first; nothing where nothing does. */
export function HiddenCallout({ content, texts }: HiddenCalloutProps) {
  const t = useTranslations('checks.hidden');
  const format = useFormatter();
  const hidden = useMemo(() => findHiddenTexts(content), [content]);
  if (hidden.length === 0) return null;
  return (
    <Callout
      kind="warning"
      title={format.list(hidden.map(({ place, count }) => t('inText', { place, count })))}
      action={
        <Button size="small" onClick={() => showHiddenCharacter(texts.current)}>
          {t('show')}
        </Button>
      }
    >
      {t('why')}
    </Callout>
  );
}
