'use client';

import { useTranslations } from 'next-intl';
import { type WebhookEventType, webhookEvents } from '@/lib/webhooks/webhook-events';
import { CheckboxGroup } from '../ui/checkbox-group';

export interface EventChoicesProps {
  chosen: readonly WebhookEventType[];
  onChange: (chosen: WebhookEventType[]) => void;
  hideLabel?: boolean;
}

/** Which events a webhook is told. */
export function EventChoices({ chosen, ...props }: EventChoicesProps) {
  const t = useTranslations('webhooks.events');
  return (
    <CheckboxGroup
      {...props}
      label={t('label')}
      options={webhookEvents.map((value) => ({ value, label: t(value) }))}
      chosen={chosen}
      error={chosen.length === 0 ? t('none') : undefined}
    />
  );
}
