import 'server-only';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db, type Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';
import type { Begun } from '@/lib/jobs';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';
import { queueAttempt, queueDelivery, writeEvent } from '@/lib/webhooks/announce-mutations';
import {
  askedWaitMs,
  GIVE_UP_AFTER_MS,
  KEEP_LOG_MS,
  nextAttemptAt,
} from '@/lib/webhooks/delivery-rules';
import type { Sent } from '@/lib/webhooks/send';
import { TEST_EVENT } from '@/lib/webhooks/webhook-events';
import type { Prisma, WebhookOff } from '@/prisma/generated/client';

const dueSelect = {
  id: true,
  attempts: true,
  resentAfter: true,
  workspaceId: true,
  event: { select: { id: true, body: true } },
  webhook: {
    select: {
      id: true,
      url: true,
      secret: true,
      oldSecret: true,
      oldSecretUntil: true,
      off: true,
    },
  },
} satisfies Prisma.WebhookDeliverySelect;

/** Test messages of a webhook that wait to be sent or to be tried again. */
const MAX_WAITING_TESTS = 50;

export type DueDelivery = Prisma.WebhookDeliveryGetPayload<{ select: typeof dueSelect }>;

const stillDue = (deliveryId: string, attempt: number) =>
  ({
    id: deliveryId,
    state: 'waiting',
    attempts: attempt - 1,
  }) satisfies Prisma.WebhookDeliveryWhereInput;

/** What an attempt is to send, or null when it was made, given up or removed in the meantime. */
export async function findDue(deliveryId: string, attempt: number): Promise<DueDelivery | null> {
  return db.webhookDelivery.findFirst({
    where: stillDue(deliveryId, attempt),
    select: dueSelect,
  });
}

/** Ends a delivery whose webhook is off: it is not sent, and can be sent again from the log. */
export async function skipDelivery(deliveryId: string, attempt: number): Promise<void> {
  await db.webhookDelivery.updateMany({
    where: stillDue(deliveryId, attempt),
    data: { state: 'skipped', nextAttemptAt: null },
  });
}

/** Ends a delivery that cannot go on because of a fault of the app itself. */
export async function failDelivery(deliveryId: string): Promise<void> {
  await db.webhookDelivery.updateMany({
    where: { id: deliveryId, state: 'waiting' },
    data: { state: 'failed', nextAttemptAt: null },
  });
}

/**
 * Writes an attempt into the log together with what follows from it: the end, the next attempt, or
 * the end of the webhook itself. Of two workers that made the same attempt, one writes.
 */
export async function settleAttempt(begun: Begun, due: DueDelivery, sent: Sent): Promise<void> {
  await db.$transaction(async (tx) => {
    // The webhook first, as everybody who changes one does.
    await tx.$queryRaw`SELECT 1 FROM "Webhook" WHERE "id" = ${due.webhook.id}::uuid FOR NO KEY UPDATE`;
    const number = due.attempts + 1;
    const { count } = await tx.webhookDelivery.updateMany({
      where: stillDue(due.id, number),
      data: { attempts: number },
    });
    if (count === 0) return;
    const { retryAfter: _, ...logged } = sent;
    await tx.webhookAttempt.create({
      data: { deliveryId: due.id, number, ...logged },
      select: { number: true },
    });
    const off = await noteHealth(tx, due, sent);
    const end = off ? 'failed' : sent.outcome === 'delivered' ? 'delivered' : null;
    await goOn(tx, begun, due, { end, sent });
    await dropOldLog(tx, due.workspaceId);
  });
}

/** Ends the delivery, or has the next attempt made at its time, unless there is none left. */
async function goOn(
  tx: Tx,
  begun: Begun,
  due: DueDelivery,
  { end, sent }: { end: 'delivered' | 'failed' | null; sent: Sent },
): Promise<void> {
  const number = due.attempts + 1;
  const now = new Date();
  const tries = number - due.resentAfter;
  const askedMs = askedWaitMs(sent, now);
  const at = end ? null : nextAttemptAt({ tries, now, chance: Math.random(), askedMs });
  await tx.webhookDelivery.update({
    where: { id: due.id },
    data: at ? { nextAttemptAt: at } : { nextAttemptAt: null, state: end ?? 'failed' },
    select: { id: true },
  });
  const next = { deliveryId: due.id, webhookId: due.webhook.id, attempt: number + 1 };
  if (at) await queueAttempt(tx, begun, { ...next, at });
}

/** Keeps since when nothing arrives, and turns off what is gone or has failed for days. */
async function noteHealth(tx: Tx, due: DueDelivery, sent: Sent): Promise<WebhookOff | null> {
  const where = { id: due.webhook.id, off: null };
  if (sent.outcome === 'delivered') {
    await tx.webhook.updateMany({
      where: { ...where, failingSince: { not: null } },
      data: { failingSince: null },
    });
    return null;
  }
  await tx.webhook.updateMany({
    where: { ...where, failingSince: null },
    data: { failingSince: sent.at },
  });
  const isGone = sent.outcome === 'gone';
  const off: WebhookOff = isGone ? 'gone' : 'failing';
  const longAgo = new Date(sent.at.getTime() - GIVE_UP_AFTER_MS);
  const { count } = await tx.webhook.updateMany({
    where: { ...where, ...(isGone ? {} : { failingSince: { lte: longAgo } }) },
    data: { off, offAt: new Date(), version: { increment: 1 } },
  });
  if (count === 0) return null;
  await recordAudit(
    tx,
    { userId: null, workspaceId: due.workspaceId, via: 'session' },
    {
      action: 'webhook.given_up',
      subjectType: 'webhook',
      subjectId: due.webhook.id,
      data: { reason: off },
    },
  );
  return off;
}

/** Events, their log and their jobs are kept for KEEP_LOG_MS. */
async function dropOldLog(tx: Tx, workspaceId: string): Promise<void> {
  const before = new Date(Date.now() - KEEP_LOG_MS);
  await tx.webhookEvent.deleteMany({ where: { workspaceId, at: { lt: before } } });
  await tx.job.deleteMany({
    where: { workspaceId, kind: 'webhook.deliver', createdAt: { lt: before } },
  });
}

/**
 * Sends a delivery again, at once, with the id that it had; the schedule begins anew. Throws
 * NOT_FOUND, and CONFLICT while its webhook is off.
 */
export async function resendDelivery(viewer: Viewer, deliveryId: string): Promise<void> {
  assertCan(viewer, 'webhook:manage');
  await db.$transaction(async (tx) => {
    const [delivery] = await tx.$queryRaw<
      { id: string; webhookId: string; attempts: number; off: string | null }[]
    >`
      SELECT d."id", d."webhookId", d."attempts", w."off"::text AS "off"
      FROM "WebhookDelivery" d JOIN "Webhook" w ON w."id" = d."webhookId"
      WHERE d."id" = ${deliveryId}::uuid AND d."workspaceId" = ${viewer.workspaceId}::uuid FOR UPDATE OF d`;
    if (!delivery) throw new AppError('NOT_FOUND');
    const { id, webhookId, attempts, off } = delivery;
    if (off) throw new AppError('CONFLICT', 'webhooks.errors.isOff');
    await tx.webhookDelivery.update({
      where: { id },
      data: { state: 'waiting', resentAfter: attempts, nextAttemptAt: new Date() },
      select: { id: true },
    });
    await queueAttempt(tx, viewer, { deliveryId: id, webhookId, attempt: attempts + 1 });
    await recordAudit(tx, viewer, {
      action: 'webhook.resent',
      subjectType: 'webhook',
      subjectId: webhookId,
      data: { deliveryId: id },
    });
  });
}

/** Sends an event that nothing happened for, to try a webhook. Throws as `resendDelivery` does, and CONFLICT past 50 that wait. */
export async function sendTestEvent(viewer: Viewer, webhookId: string): Promise<void> {
  assertCan(viewer, 'webhook:manage');
  await db.$transaction(async (tx) => {
    // Those who test at once are counted one after the other.
    await tx.$queryRaw`SELECT 1 FROM "Webhook" WHERE "id" = ${webhookId}::uuid
      AND "workspaceId" = ${viewer.workspaceId}::uuid FOR NO KEY UPDATE`;
    const webhook = await tx.webhook.findFirst({
      where: { id: webhookId, workspaceId: viewer.workspaceId },
      select: { id: true, off: true },
    });
    if (!webhook) throw new AppError('NOT_FOUND');
    if (webhook.off) throw new AppError('CONFLICT', 'webhooks.errors.isOff');
    const waiting = await tx.webhookDelivery.count({
      where: { webhookId, state: 'waiting', event: { type: TEST_EVENT } },
    });
    if (waiting >= MAX_WAITING_TESTS)
      throw new AppError('CONFLICT', 'webhooks.errors.tooManyTests', { count: MAX_WAITING_TESTS });
    const event = await writeEvent(tx, viewer, TEST_EVENT, { webhookId });
    await queueDelivery(tx, viewer, event, webhookId);
    await recordAudit(tx, viewer, {
      action: 'webhook.tested',
      subjectType: 'webhook',
      subjectId: webhookId,
    });
  });
}
