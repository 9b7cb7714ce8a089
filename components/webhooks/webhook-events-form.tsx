'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { changeWebhookEventsAction } from '@/lib/webhooks/webhook-actions';
import { type WebhookEventType, webhookEvents } from '@/lib/webhooks/webhook-events';
import type { WebhookView } from '@/lib/webhooks/webhook-queries';
import { useAct } from '../accounts/use-act';
import { Button } from '../ui/button';
import { EventChoices } from './event-choices';

export interface WebhookEventsFormProps {
  workspace: string;
  webhook: WebhookView;
}

/** Changes what a webhook is told. */
export function WebhookEventsForm({ workspace, webhook }: WebhookEventsFormProps) {
  const t = useTranslations('webhooks.edit');
  const { act, pending } = useAct();
  const stored = webhookEvents.filter((event) => webhook.events.includes(event));
  const [events, setEvents] = useState<WebhookEventType[]>(stored);
  const { id: webhookId, version } = webhook;
  return (
    <form
      className="flex flex-col items-start gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void act(
          () => changeWebhookEventsAction({ workspace, webhookId, version, events }),
          t('saved'),
        );
      }}
    >
      <EventChoices hideLabel chosen={events} onChange={setEvents} />
      <Button
        type="submit"
        pending={pending}
        disabled={events.length === 0 || events.join() === stored.join()}
      >
        {t('save')}
      </Button>
    </form>
  );
}
