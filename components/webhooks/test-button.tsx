'use client';

import { Send } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { sendTestEventAction } from '@/lib/webhooks/webhook-actions';
import { useAct } from '../accounts/use-act';
import { Button } from '../ui/button';

/** Sends a message for which nothing has happened. */
export function TestButton({ workspace, webhookId }: { workspace: string; webhookId: string }) {
  const t = useTranslations('webhooks.test');
  const { act, pending } = useAct();
  return (
    <Button
      variant="primary"
      icon={<Send aria-hidden="true" />}
      pending={pending}
      onClick={() => void act(() => sendTestEventAction({ workspace, webhookId }), t('sent'))}
    >
      {t('send')}
    </Button>
  );
}
