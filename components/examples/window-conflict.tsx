'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { DraftContent } from '@/lib/examples/content';
import { diffTexts } from '@/lib/text-diff';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { DiffText } from '../ui/diff';
import type { Draft } from './use-draft';

type Other = { theirs: DraftContent; version: number };

/** Another window of the same person stored another text of this example. */
export function WindowConflict({ draft }: { draft: Draft }) {
  const t = useTranslations('examples');
  const [later, setLater] = useState<unknown>(null);
  const { saveState, saver, text } = draft;
  if (saveState.kind !== 'failed' || saveState.why !== 'conflict' || later === saveState)
    return null;
  const other = saveState.data as Partial<Other> | undefined;
  if (!other?.theirs || typeof other.version !== 'number') return null;
  const { theirs, version } = other;
  return (
    <Dialog
      open
      size="large"
      onOpenChange={(open) => (open ? undefined : setLater(saveState))}
      title={t('window.title')}
      description={t('window.text')}
      footer={
        <>
          <Button
            onClick={() => {
              saver.rebase(version);
              draft.change(theirs);
            }}
          >
            {t('window.theirs')}
          </Button>
          <Button
            variant="primary"
            onClick={() => {
              saver.rebase(version);
              void saver.flush();
            }}
          >
            {t('window.mine')}
          </Button>
        </>
      }
    >
      <p className="mb-3 text-13 text-ink-2">{t('window.legend')}</p>
      <DiffText parts={diffTexts(theirs.reply, text.reply)} />
    </Dialog>
  );
}
