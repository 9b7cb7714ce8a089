'use client';

import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { AlertDialog } from '../ui/alert-dialog';
import { countKeptTexts, noteLeaving } from './kept-texts';

/** The way out, with a warning where texts are on this device only; they are removed with it. */
export function useSignOut(userId: string, signOut: (form: FormData) => unknown) {
  const t = useTranslations('frame');
  const form = useRef<HTMLFormElement>(null);
  const [texts, setTexts] = useState(0);
  const leave = () => {
    noteLeaving(userId);
    form.current?.requestSubmit();
  };
  const ask = () => {
    const count = countKeptTexts(userId);
    if (count > 0) setTexts(count);
    else leave();
  };
  const parts = (
    <>
      <form
        ref={form}
        action={async (data) => {
          await signOut(data);
        }}
        className="hidden"
      />
      <AlertDialog
        open={texts > 0}
        onOpenChange={(open) => (open ? undefined : setTexts(0))}
        title={t('leaving.title')}
        effect={t('leaving.effect', { count: texts })}
        confirmLabel={t('leaving.confirm')}
        cancelLabel={t('leaving.stay')}
        onConfirm={leave}
      />
    </>
  );
  return { ask, parts };
}
