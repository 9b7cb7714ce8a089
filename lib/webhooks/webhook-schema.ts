import { z } from 'zod';
import { webhookEvents } from '@/lib/webhooks/webhook-events';

export const MAX_WEBHOOKS = 20;
const MAX_URL = 2_000;

const eventsSchema = z
  .array(z.enum(webhookEvents))
  .min(1)
  .max(webhookEvents.length)
  .transform((events) => webhookEvents.filter((event) => events.includes(event)));

export const webhookCreateSchema = z.strictObject({
  url: z.string().trim().min(1).max(MAX_URL),
  events: eventsSchema,
});
export type WebhookCreate = z.infer<typeof webhookCreateSchema>;

export const webhookIdSchema = z.strictObject({ webhookId: z.uuid() });

const versioned = webhookIdSchema.extend({ version: z.int().min(1).max(2_147_483_647) });
export const webhookEventsSchema = versioned.extend({ events: eventsSchema });
export type WebhookEvents = z.infer<typeof webhookEventsSchema>;
export const webhookSwitchSchema = versioned.extend({ on: z.boolean() });
export type WebhookSwitch = z.infer<typeof webhookSwitchSchema>;

export const deliveryIdSchema = z.strictObject({ deliveryId: z.uuid() });
