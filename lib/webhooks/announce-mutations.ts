import 'server-only';
import { randomUUID } from 'node:crypto';
import type { Tx } from '@/lib/db';
import { type Begun, startJob } from '@/lib/jobs';
import type { WebhookFacts } from '@/lib/webhooks/webhook-events';

type FactsOf<T extends WebhookFacts['type']> = Extract<WebhookFacts, { type: T }>['data'];

/**
 * Tells what happens to the webhooks that want to know. Call it in the transaction of the change
 * itself: message and job commit with it, or never were. `facts` are read only where somebody
 * listens. A webhook that is off misses what happens meanwhile.
 */
export async function announce<T extends WebhookFacts['type']>(
  tx: Tx,
  begun: Begun,
  type: T,
  facts: () => FactsOf<T> | Promise<FactsOf<T>>,
): Promise<void> {
  const webhooks = await tx.webhook.findMany({
    where: listening(begun, type),
    orderBy: { id: 'asc' },
    select: { id: true },
  });
  if (webhooks.length === 0) return;
  const event = await writeEvent(tx, begun, type, await facts());
  for (const webhook of webhooks) await queueDelivery(tx, begun, event, webhook.id);
}

const listening = ({ workspaceId }: Begun, type: WebhookFacts['type']) => ({
  workspaceId,
  off: null,
  events: { has: type },
});

/** Whether anybody wants to know of such events: for those that cost something to work out. */
export async function isListenedTo(
  tx: Tx,
  begun: Begun,
  type: WebhookFacts['type'],
): Promise<boolean> {
  const where = listening(begun, type);
  return (await tx.webhook.findFirst({ where, select: { id: true } })) !== null;
}

/** Writes the message in the very bytes that every attempt sends. */
export async function writeEvent<T extends WebhookFacts['type']>(
  tx: Tx,
  { workspaceId }: Begun,
  type: T,
  facts: FactsOf<T>,
): Promise<{ id: string }> {
  const at = new Date();
  const body = JSON.stringify({
    type,
    timestamp: at.toISOString(),
    data: { workspaceId, ...facts },
  });
  return tx.webhookEvent.create({
    data: { id: randomUUID(), workspaceId, type, body, at },
    select: { id: true },
  });
}

/** Puts an event on its way to a webhook. */
export async function queueDelivery(
  tx: Tx,
  begun: Begun,
  event: { id: string },
  webhookId: string,
): Promise<{ id: string }> {
  const delivery = await tx.webhookDelivery.create({
    data: {
      workspaceId: begun.workspaceId,
      webhookId,
      eventId: event.id,
      nextAttemptAt: new Date(),
    },
    select: { id: true },
  });
  await queueAttempt(tx, begun, { deliveryId: delivery.id, webhookId, attempt: 1 });
  return delivery;
}

/** Wakes a worker for one attempt, at once or at its time. */
export async function queueAttempt(
  tx: Tx,
  begun: Begun,
  input: { deliveryId: string; webhookId: string; attempt: number; at?: Date },
): Promise<void> {
  await startJob(
    tx,
    begun,
    { kind: 'webhook.deliver', subjectId: input.deliveryId, input: { attempt: input.attempt } },
    { group: input.webhookId, ...(input.at ? { startAfter: input.at } : {}) },
  );
}
