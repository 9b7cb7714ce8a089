// Webhooks in every state, with logs as rows: nothing is sent from here.
import { randomUUID } from 'node:crypto';
import { db } from '@/lib/db';
import type { Viewer } from '@/lib/session';
import { writeEvent } from '@/lib/webhooks/announce-mutations';
import { type DeliveryOutcome, webhookEvents } from '@/lib/webhooks/webhook-events';
import { createWebhook } from '@/lib/webhooks/webhook-mutations';
import type { WebhookDeliveryState } from '@/prisma/generated/client';

const HOUR = 3_600_000;

const add = (viewer: Viewer, path: string) =>
  createWebhook(viewer, {
    url: `https://hooks.nordlicht.example/${path}`,
    events: [...webhookEvents],
  });

type Attempt = { outcome: DeliveryOutcome; status: number | null };

async function addDelivery(
  { workspaceId, userId }: Viewer,
  webhookId: string,
  state: WebhookDeliveryState,
  attempts: Attempt[],
): Promise<void> {
  const event = await db.$transaction((tx) =>
    writeEvent(tx, { workspaceId, userId }, 'run.failed', {
      runId: randomUUID(),
      number: 12,
      releaseId: randomUUID(),
      code: 'internal',
    }),
  );
  await db.webhookDelivery.create({
    data: {
      workspaceId,
      webhookId,
      eventId: event.id,
      state,
      attempts: attempts.length,
      nextAttemptAt: state === 'waiting' ? new Date(Date.now() + 2 * HOUR) : null,
      log: {
        create: attempts.map((attempt, at) => ({
          ...attempt,
          number: at + 1,
          at: new Date(Date.now() - (attempts.length - at) * HOUR),
          durationMs: 15_000,
        })),
      },
    },
    select: { id: true },
  });
}

/** One with a log, one that fails, one that was turned off. */
export async function makeWebhooks(viewer: Viewer) {
  const busy = await add(viewer, `${'a-very-long-path-of-a-receiver/'.repeat(6)}in`);
  const failing = await add(viewer, 'failing');
  const off = await add(viewer, 'off');
  const bad: Attempt[] = [
    { outcome: 'timeout', status: null },
    { outcome: 'answered', status: 503 },
    { outcome: 'refused', status: null },
  ];
  const good: Attempt = { outcome: 'delivered', status: 204 };
  await addDelivery(viewer, busy.id, 'skipped', []);
  await addDelivery(viewer, busy.id, 'failed', bad);
  await addDelivery(viewer, busy.id, 'delivered', [...bad, good]);
  await addDelivery(viewer, busy.id, 'waiting', bad);
  await addDelivery(viewer, failing.id, 'waiting', bad);
  await db.webhook.update({
    where: { id: failing.id },
    data: { failingSince: new Date(Date.now() - 30 * HOUR) },
    select: { id: true },
  });
  await db.webhook.update({
    where: { id: off.id },
    data: { off: 'failing', offAt: new Date(Date.now() - 5 * HOUR) },
    select: { id: true },
  });
  return { busy: busy.id, failing: failing.id, off: off.id };
}
