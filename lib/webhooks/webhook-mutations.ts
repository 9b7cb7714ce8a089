import 'server-only';
import { randomUUID } from 'node:crypto';
import type { AuditAction } from '@/lib/audit/action-names';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db, type Tx } from '@/lib/db';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { assertCan } from '@/lib/permissions';
import type { SecretPlace } from '@/lib/sealed-columns';
import { openSecret, sealSecret } from '@/lib/secrets';
import type { Viewer } from '@/lib/session';
import { findAddressFault } from '@/lib/webhooks/address-rules';
import { OLD_SECRET_MS } from '@/lib/webhooks/delivery-rules';
import { createSigningSecret } from '@/lib/webhooks/signature';
import {
  MAX_WEBHOOKS,
  type WebhookCreate,
  type WebhookEvents,
  type WebhookSwitch,
} from '@/lib/webhooks/webhook-schema';

export const secretPlace = (id: string): SecretPlace => ({
  table: 'Webhook',
  id,
  column: 'secret',
});

/**
 * Adds a webhook. Its secret is answered this once. Throws INVALID for an address that no message
 * may go to, CONFLICT past MAX_WEBHOOKS and for an address that the workspace has already.
 */
export async function createWebhook(
  viewer: Viewer,
  input: WebhookCreate,
): Promise<{ id: string; secret: string }> {
  assertCan(viewer, 'webhook:manage');
  const fault = findAddressFault(input.url, env().WEBHOOK_ALLOWED_ORIGINS);
  if (fault) throw new AppError('INVALID', `webhooks.errors.address.${fault}`);
  const url = new URL(input.url).href;
  const id = randomUUID();
  const secret = createSigningSecret();
  await db.$transaction(async (tx) => {
    await assertRoom(tx, viewer, url);
    await tx.webhook.create({
      data: {
        id,
        workspaceId: viewer.workspaceId,
        url,
        events: input.events,
        secret: sealSecret(secret, secretPlace(id)),
        createdById: viewer.userId,
      },
      select: { id: true },
    });
    await record(tx, viewer, 'webhook.created', id);
  });
  return { id, secret };
}

/** Those who add a webhook to a workspace wait for each other here. */
async function assertRoom(tx: Tx, viewer: Viewer, url: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Workspace" WHERE "id" = ${viewer.workspaceId}::uuid FOR NO KEY UPDATE`;
  const urls = await tx.webhook.findMany({
    where: { workspaceId: viewer.workspaceId },
    select: { url: true },
  });
  if (urls.length >= MAX_WEBHOOKS)
    throw new AppError('CONFLICT', 'webhooks.errors.tooMany', { count: MAX_WEBHOOKS });
  if (urls.some((other) => other.url === url))
    throw new AppError('CONFLICT', 'webhooks.errors.known');
}

const record = (
  tx: Tx,
  viewer: Viewer,
  action: AuditAction,
  webhookId: string,
  data: Record<string, string> = {},
) => recordAudit(tx, viewer, { action, subjectType: 'webhook', subjectId: webhookId, data });

/** The webhook of the workspace, locked for a change. Throws NOT_FOUND; CONFLICT for an older version. */
async function lockWebhook(
  tx: Tx,
  viewer: Viewer,
  input: { webhookId: string; version?: number },
): Promise<{ id: string; version: number; secret: string; off: string | null }> {
  const [webhook] = await tx.$queryRaw<
    { id: string; version: number; secret: string; off: string | null }[]
  >`
    SELECT "id", "version", "secret", "off"::text AS "off" FROM "Webhook"
    WHERE "id" = ${input.webhookId}::uuid AND "workspaceId" = ${viewer.workspaceId}::uuid FOR NO KEY UPDATE`;
  if (!webhook) throw new AppError('NOT_FOUND');
  if (input.version !== undefined && input.version !== webhook.version)
    throw new AppError('CONFLICT');
  return webhook;
}

/** Changes what a webhook is told. Throws CONFLICT where somebody changed it first. */
export async function changeWebhookEvents(viewer: Viewer, input: WebhookEvents): Promise<void> {
  assertCan(viewer, 'webhook:manage');
  await db.$transaction(async (tx) => {
    const { id } = await lockWebhook(tx, viewer, input);
    await tx.webhook.update({
      where: { id },
      data: { events: input.events, version: { increment: 1 } },
      select: { id: true },
    });
    await record(tx, viewer, 'webhook.changed', id);
  });
}

/** Turns a webhook off, or on again; then it starts with a clean slate. Throws CONFLICT as above. */
export async function switchWebhook(viewer: Viewer, input: WebhookSwitch): Promise<void> {
  assertCan(viewer, 'webhook:manage');
  await db.$transaction(async (tx) => {
    const { id, off } = await lockWebhook(tx, viewer, input);
    if ((off === null) === input.on) return;
    await tx.webhook.update({
      where: { id },
      data: {
        ...(input.on
          ? { off: null, offAt: null, failingSince: null }
          : { off: 'admin', offAt: new Date() }),
        version: { increment: 1 },
      },
      select: { id: true },
    });
    await record(tx, viewer, input.on ? 'webhook.turned_on' : 'webhook.turned_off', id);
  });
}

/**
 * Gives a webhook a new secret and answers it this once. The old one signs beside it for another
 * OLD_SECRET_MS, so that the receiver can change over without a gap.
 */
export async function rotateSecret(
  viewer: Viewer,
  webhookId: string,
): Promise<{ secret: string; oldUntil: Date }> {
  assertCan(viewer, 'webhook:manage');
  const secret = createSigningSecret();
  const oldUntil = new Date(Date.now() + OLD_SECRET_MS);
  await db.$transaction(async (tx) => {
    const { id, secret: old } = await lockWebhook(tx, viewer, { webhookId });
    await tx.webhook.update({
      where: { id },
      data: {
        secret: sealSecret(secret, secretPlace(id)),
        oldSecret: old,
        oldSecretUntil: oldUntil,
        version: { increment: 1 },
      },
      select: { id: true },
    });
    await record(tx, viewer, 'webhook.secret_rotated', id);
  });
  return { secret, oldUntil };
}

/** Removes a webhook with its log; what is on its way to it is not sent any more. */
export async function removeWebhook(viewer: Viewer, webhookId: string): Promise<void> {
  assertCan(viewer, 'webhook:manage');
  await db.$transaction(async (tx) => {
    const { id } = await lockWebhook(tx, viewer, { webhookId });
    await tx.webhook.delete({ where: { id }, select: { id: true } });
    await tx.webhookEvent.deleteMany({
      where: { workspaceId: viewer.workspaceId, deliveries: { none: {} } },
    });
    await record(tx, viewer, 'webhook.removed', id);
  });
}

/** The secrets that sign a message at this time, the present one first. */
export function secretsAt(
  webhook: { id: string; secret: string; oldSecret: string | null; oldSecretUntil: Date | null },
  at: Date,
): string[] {
  const { oldSecret, oldSecretUntil } = webhook;
  const isOldGood = oldSecret !== null && oldSecretUntil !== null && oldSecretUntil > at;
  return [webhook.secret, ...(isOldGood ? [oldSecret] : [])].map((sealed) =>
    openSecret(sealed, secretPlace(webhook.id)),
  );
}
