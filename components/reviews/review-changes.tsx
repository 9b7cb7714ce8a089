'use client';

import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { Content } from '@/lib/examples/content';
import { diffTexts } from '@/lib/text-diff';
import { DiffText } from '../ui/diff';

const turns = (content: Content) => content.messages.map((turn) => turn.content).join('\n\n');

/** What changed between two revisions, word by word: the conversation where it did, then the reply. */
export function ReviewChanges({ before, after }: { before: Content; after: Content }) {
  const t = useTranslations('reviews.changes');
  const prompt = useMemo(() => diffTexts(turns(before), turns(after)), [before, after]);
  const reply = useMemo(() => diffTexts(before.reply, after.reply), [before, after]);
  const promptChanged = prompt.some((part) => part.kind !== 'same');
  return (
    <div className="flex flex-col gap-5">
      {promptChanged ? (
        <section className="flex flex-col gap-1">
          <h2 className="text-12 font-medium text-ink-3">{t('prompt')}</h2>
          <DiffText parts={prompt} />
        </section>
      ) : (
        <p className="text-13 text-ink-3">{t('promptSame')}</p>
      )}
      <section className="flex flex-col gap-1">
        <h2 className="text-12 font-medium text-ink-3">{t('reply')}</h2>
        <DiffText parts={reply} />
      </section>
    </div>
  );
}
