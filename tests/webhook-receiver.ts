// A receiver on this machine as a customer would write it, and a worker that does what waits.
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { db, disconnect } from '@/lib/db';
import { runJob } from '@/lib/jobs';
import { stopQueue } from '@/lib/queue';
import type { Viewer } from '@/lib/session';
import { type WebhookEventType, webhookEvents } from '@/lib/webhooks/webhook-events';
import { webhookDeliverJob } from '@/lib/webhooks/webhook-jobs';
import { createWebhook } from '@/lib/webhooks/webhook-mutations';
import { createDataset, createTeam } from '@/tests/factories-examples';
import { createInReview } from '@/tests/factories-reviews';
import { setEnvironment } from '@/tests/set-environment';

export type Received = { path: string; headers: IncomingHttpHeaders; body: string };

/** Answers 204, or what `answer` does, and keeps what it got. */
export async function startReceiver() {
  const received: Received[] = [];
  const receiver = {
    origin: '',
    received,
    answer: (response: ServerResponse, _request: Received): unknown =>
      response.writeHead(204).end(),
    /** What came to one path, whose webhook is one test's. */
    at: (path: string) => received.filter((one) => one.path === path),
    close: () =>
      new Promise<void>((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const one = {
      path: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    };
    received.push(one);
    receiver.answer(response, one);
  });
  // A process may end although nobody closed it.
  server.unref();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  receiver.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return receiver;
}

/** Lets webhooks reach these origins. To be called before anything reads the environment. */
export function allowOrigins(...origins: string[]): void {
  setEnvironment({ WEBHOOK_ALLOWED_ORIGINS: origins.join(',') });
}

/** Ends what a file of tests with a receiver has open. */
export async function closeAll(receiver: Receiver): Promise<void> {
  await stopQueue(0);
  await disconnect();
  await receiver.close();
}

let serial = 0;

/** A webhook at a path of its own. */
export async function addWebhook(
  admin: Viewer,
  origin: string,
  events: readonly WebhookEventType[] = webhookEvents,
) {
  serial += 1;
  const path = `/hooks/${serial}`;
  const made = await createWebhook(admin, { url: `${origin}${path}`, events: [...events] });
  return { ...made, path };
}

/** Makes every attempt that waits in a workspace now, whatever its time; answers how many. */
export async function deliverWaiting({ workspaceId }: Pick<Viewer, 'workspaceId'>) {
  const jobs = await db.job.findMany({
    where: { workspaceId, kind: 'webhook.deliver', state: 'queued' },
    orderBy: { id: 'asc' },
    select: { id: true },
  });
  for (const { id } of jobs)
    await runJob(webhookDeliverJob, {
      jobId: id,
      lastAttempt: true,
      signal: new AbortController().signal,
    });
  return jobs.length;
}

/** The deliveries of a webhook with their log, the oldest first. */
export const logOf = (webhookId: string) =>
  db.webhookDelivery.findMany({
    where: { webhookId },
    orderBy: { id: 'asc' },
    select: {
      id: true,
      state: true,
      attempts: true,
      nextAttemptAt: true,
      event: { select: { id: true, type: true, body: true } },
      log: { orderBy: { number: 'asc' }, select: { number: true, status: true, outcome: true } },
    },
  });

export type Receiver = Awaited<ReturnType<typeof startReceiver>>;

/** A workspace with a webhook, and examples that wait for a review. */
export async function createHookDesk(receiver: Receiver, events?: readonly WebhookEventType[]) {
  const team = await createTeam('shop');
  const hook = await addWebhook(team.admin, receiver.origin, events);
  const { id: datasetId } = await createDataset(team.admin);
  const inReview = () => createInReview(team.writer, datasetId, { reply: 'It is on its way.' });
  return { ...team, hook, datasetId, inReview };
}

/** The facts of the only message that came to a webhook, its signature verified. */
export function onlyMessage(receiver: Receiver, hook: { path: string; secret: string }) {
  const [message, ...more] = receiver.at(hook.path);
  if (!message || more.length > 0) throw new Error(`${more.length + (message ? 1 : 0)} messages`);
  const headers = message.headers as Record<string, string>;
  return new Webhook(hook.secret).verify(message.body, headers) as {
    type: string;
    timestamp: string;
    data: Record<string, unknown>;
  };
}
