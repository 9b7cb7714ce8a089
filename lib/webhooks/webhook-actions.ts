'use server';

import { refresh } from 'next/cache';
import { authedAction } from '@/lib/action';
import { resendDelivery, sendTestEvent } from '@/lib/webhooks/delivery-mutations';
import {
  changeWebhookEvents,
  createWebhook,
  removeWebhook,
  rotateSecret,
  switchWebhook,
} from '@/lib/webhooks/webhook-mutations';
import {
  deliveryIdSchema,
  webhookCreateSchema,
  webhookEventsSchema,
  webhookIdSchema,
  webhookSwitchSchema,
} from '@/lib/webhooks/webhook-schema';

// Does not refresh: the page would take away the dialog with the secret before it was read.
export const createWebhookAction = authedAction(webhookCreateSchema, async ({ viewer, input }) => ({
  ...(await createWebhook(viewer, input)),
  host: new URL(input.url).host,
}));

export const changeWebhookEventsAction = authedAction(
  webhookEventsSchema,
  async ({ viewer, input }) => {
    await changeWebhookEvents(viewer, input);
    refresh();
    return {};
  },
);

export const switchWebhookAction = authedAction(webhookSwitchSchema, async ({ viewer, input }) => {
  await switchWebhook(viewer, input);
  refresh();
  return {};
});

export const rotateWebhookSecretAction = authedAction(
  webhookIdSchema,
  async ({ viewer, input }) => {
    const made = await rotateSecret(viewer, input.webhookId);
    refresh();
    return made;
  },
);

export const removeWebhookAction = authedAction(webhookIdSchema, async ({ viewer, input }) => {
  await removeWebhook(viewer, input.webhookId);
  return {};
});

export const sendTestEventAction = authedAction(webhookIdSchema, async ({ viewer, input }) => {
  await sendTestEvent(viewer, input.webhookId);
  refresh();
  return {};
});

export const resendDeliveryAction = authedAction(deliveryIdSchema, async ({ viewer, input }) => {
  await resendDelivery(viewer, input.deliveryId);
  refresh();
  return {};
});
