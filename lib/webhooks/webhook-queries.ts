import 'server-only';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';
import type { Prisma } from '@/prisma/generated/client';

/** Deliveries on a page of the log. */
const PAGE = 25;

const webhookSelect = {
  id: true,
  url: true,
  events: true,
  off: true,
  offAt: true,
  failingSince: true,
  oldSecretUntil: true,
  version: true,
  createdAt: true,
} satisfies Prisma.WebhookSelect;

/** The webhooks of the workspace, the oldest first, each with its latest attempt. */
export async function findWebhooks(viewer: Viewer) {
  assertCan(viewer, 'webhook:manage');
  const webhooks = await db.webhook.findMany({
    where: { workspaceId: viewer.workspaceId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: {
      ...webhookSelect,
      deliveries: {
        where: { attempts: { gt: 0 } },
        orderBy: { id: 'desc' },
        take: 1,
        select: {
          log: {
            orderBy: { number: 'desc' },
            take: 1,
            select: { at: true, outcome: true, status: true },
          },
        },
      },
    },
  });
  return webhooks.map(({ deliveries, ...webhook }) => ({
    ...webhook,
    last: deliveries[0]?.log[0] ?? null,
  }));
}
export type WebhookRow = Awaited<ReturnType<typeof findWebhooks>>[number];

/** One webhook, without its secret. Throws NOT_FOUND outside the viewer's workspace. */
export async function getWebhook(viewer: Viewer, webhookId: string) {
  assertCan(viewer, 'webhook:manage');
  const webhook = await db.webhook.findFirst({
    where: { id: webhookId, workspaceId: viewer.workspaceId },
    select: webhookSelect,
  });
  if (!webhook) throw new AppError('NOT_FOUND');
  return webhook;
}
export type WebhookView = Awaited<ReturnType<typeof getWebhook>>;

/**
 * A page of a webhook's log, the newest first. `before`: the last id of the page before; `next`: the
 * `before` of the page after, or null.
 */
export async function findDeliveries(
  viewer: Viewer,
  input: { webhookId: string; before: string | null },
) {
  assertCan(viewer, 'webhook:manage');
  const read = await db.webhookDelivery.findMany({
    where: {
      webhookId: input.webhookId,
      workspaceId: viewer.workspaceId,
      ...(input.before ? { id: { lt: input.before } } : {}),
    },
    orderBy: { id: 'desc' },
    take: PAGE + 1,
    select: {
      id: true,
      state: true,
      nextAttemptAt: true,
      createdAt: true,
      event: { select: { id: true, type: true, body: true } },
      log: {
        orderBy: { number: 'desc' },
        select: { number: true, at: true, status: true, durationMs: true, outcome: true },
      },
    },
  });
  const rows = read.slice(0, PAGE);
  return { rows, next: read.length > PAGE ? (rows.at(-1)?.id ?? null) : null };
}
export type DeliveryRow = Awaited<ReturnType<typeof findDeliveries>>['rows'][number];
