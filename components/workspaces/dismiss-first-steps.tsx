'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { setClientCookie } from '../frame/client-cookie';
import { Button } from '../ui/button';
import { DISMISSED, firstStepsCookie } from './first-steps-cookie';

/** Puts the first steps of a workspace away in this browser. */
export function DismissFirstSteps({ workspace }: { workspace: string }) {
  const t = useTranslations('home.firstSteps');
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const dismiss = () => {
    setClientCookie(firstStepsCookie(workspace), DISMISSED);
    startTransition(() => router.refresh());
  };
  return (
    <Button size="small" variant="quiet" pending={pending} onClick={dismiss}>
      {t('dismiss')}
    </Button>
  );
}
