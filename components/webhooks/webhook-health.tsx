'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { switchWebhookAction } from '@/lib/webhooks/webhook-actions';
import type { WebhookView } from '@/lib/webhooks/webhook-queries';
import { useAct } from '../accounts/use-act';
import { Button } from '../ui/button';
import { Callout } from '../ui/callout';

export interface WebhookHealthProps {
  workspace: string;
  webhook: WebhookView;
}

/** Says that a webhook is off and why, or that nothing arrives; nothing where all is well. */
export function WebhookHealth({ workspace, webhook }: WebhookHealthProps) {
  const t = useTranslations('webhooks');
  const format = useFormatter();
  const { act, pending } = useAct();
  const { id, version, off, offAt, failingSince } = webhook;
  if (off && offAt)
    return (
      <Callout
        kind={off === 'admin' ? 'info' : 'warning'}
        title={t('off.title')}
        action={
          <Button
            pending={pending}
            onClick={() =>
              void act(
                () => switchWebhookAction({ workspace, webhookId: id, version, on: true }),
                t('off.turnedOn'),
              )
            }
          >
            {t('off.turnOn')}
          </Button>
        }
      >
        {t(`off.${off}`, { time: format.dateTime(offAt, 'moment') })}
      </Callout>
    );
  if (!failingSince) return null;
  return (
    <Callout
      kind="warning"
      title={t('failing.title', { time: format.dateTime(failingSince, 'moment') })}
    >
      {t('failing.text')}
    </Callout>
  );
}
