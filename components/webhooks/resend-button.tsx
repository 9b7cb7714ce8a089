'use client';

import { useTranslations } from 'next-intl';
import { resendDeliveryAction } from '@/lib/webhooks/webhook-actions';
import { useAct } from '../accounts/use-act';
import { Button } from '../ui/button';

export interface ResendButtonProps {
  workspace: string;
  deliveryId: string;
  /** Names the message for those who hear the page. */
  label: string;
}

/** Sends a message again with the id that it had. */
export function ResendButton({ workspace, deliveryId, label }: ResendButtonProps) {
  const t = useTranslations('webhooks.log');
  const { act, pending } = useAct();
  return (
    <Button
      size="small"
      variant="quiet"
      className="whitespace-nowrap"
      pending={pending}
      aria-label={label}
      onClick={() => void act(() => resendDeliveryAction({ workspace, deliveryId }), t('resent'))}
    >
      {t('resend')}
    </Button>
  );
}
