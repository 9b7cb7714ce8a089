'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../ui/button';
import { Callout } from '../ui/callout';
import { Dialog } from '../ui/dialog';
import { SignInForm } from './sign-in-form';

export interface ReLoginDialogProps {
  /** Opened by whoever got a 401 while saving. */
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Whose page this is: what was typed on it must not be saved as somebody else's. */
  userId: string;
  /** The same person is back: save again. */
  onSignedIn: () => void;
}

/**
 * Signs in again over the page, which stays as it is. Nothing is saved when another person signs
 * in; the page is then loaded anew for them.
 */
export function ReLoginDialog({ open, onOpenChange, userId, onSignedIn }: ReLoginDialogProps) {
  const t = useTranslations('accounts.reLogin');
  const [otherPerson, setOtherPerson] = useState(false);
  const handleSignedIn = (signedIn: { userId: string }) => {
    if (signedIn.userId !== userId) {
      setOtherPerson(true);
      return;
    }
    setOtherPerson(false);
    onOpenChange(false);
    onSignedIn();
  };
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('title')} description={t('text')}>
      {otherPerson ? (
        <Callout
          kind="warning"
          action={<Button onClick={() => window.location.reload()}>{t('reload')}</Button>}
        >
          {t('otherPerson')}
        </Callout>
      ) : (
        <SignInForm submitLabel={t('submit')} onSignedIn={handleSignedIn} />
      )}
    </Dialog>
  );
}

/** Whether the browser's session still is this person's; null when the server does not answer. */
export async function isStillSignedIn(userId: string): Promise<boolean | null> {
  try {
    const response = await fetch('/api/session', { cache: 'no-store' });
    if (response.status === 401) return false;
    if (!response.ok) return null;
    return ((await response.json()) as { userId?: string }).userId === userId;
  } catch {
    return null;
  }
}
