import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '@/lib/db';
import { runJob } from '@/lib/jobs';
import { approve } from '@/lib/reviews/review-mutations';
import { resendDelivery, sendTestEvent } from '@/lib/webhooks/delivery-mutations';
import { webhookDeliverJob } from '@/lib/webhooks/webhook-jobs';
import { removeWebhook, rotateSecret, switchWebhook } from '@/lib/webhooks/webhook-mutations';
import { appSql } from '@/tests/database';
import { createTeam } from '@/tests/factories-examples';
import {
  addWebhook,
  allowOrigins,
  closeAll,
  createHookDesk,
  deliverWaiting,
  logOf,
  onlyMessage,
  startReceiver,
} from '@/tests/webhook-receiver';

const receiver = await startReceiver();
const closed = await startReceiver();
await closed.close();
allowOrigins(receiver.origin, closed.origin);

const answerWell = receiver.answer;
beforeEach(() => {
  receiver.answer = answerWell;
});
afterAll(() => closeAll(receiver));

describe('what does not arrive', () => {
  test('is tried again with the same id and bytes, until it does', async () => {
    const desk = await createHookDesk(receiver);
    await approve(desk.reviewer, await desk.inReview());
    receiver.answer = (response) => response.writeHead(500).end('no');
    await deliverWaiting(desk.admin);
    const [waiting] = await logOf(desk.hook.id);
    expect(waiting).toMatchObject({
      state: 'waiting',
      attempts: 1,
      log: [{ status: 500, outcome: 'answered' }],
    });
    const wait = (waiting?.nextAttemptAt?.getTime() ?? 0) - Date.now();
    expect(wait).toBeGreaterThan(3_000);
    expect(wait).toBeLessThan(6_000);

    receiver.answer = answerWell;
    await deliverWaiting(desk.admin);
    const [first, second] = receiver.at(desk.hook.path);
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(second?.body).toBe(first?.body);
    expect(await logOf(desk.hook.id)).toMatchObject([
      { state: 'delivered', log: [{ status: 500 }, { status: 204 }] },
    ]);
    const { failingSince } = await db.webhook.findUniqueOrThrow({ where: { id: desk.hook.id } });
    expect(failingSince).toBeNull();
  });

  test('is tried again no sooner than the receiver asks', async () => {
    const desk = await createHookDesk(receiver);
    await approve(desk.reviewer, await desk.inReview());
    receiver.answer = (response) => response.writeHead(429, { 'retry-after': '900' }).end();
    await deliverWaiting(desk.admin);
    const [waiting] = await logOf(desk.hook.id);
    expect(waiting).toMatchObject({ state: 'waiting', log: [{ status: 429 }] });
    const wait = (waiting?.nextAttemptAt?.getTime() ?? 0) - Date.now();
    expect(wait).toBeGreaterThan(890_000);
    expect(wait).toBeLessThan(1_000_000);
    // The job itself waits, not only the time that the page shows.
    const [job] = await appSql(
      `SELECT start_after FROM pgboss.job WHERE name = 'webhook.deliver'
        AND data->>'jobId' = (SELECT "id"::text FROM "Job" WHERE "subjectId" = $1::uuid AND "state" = 'queued')`,
      [waiting?.id],
    );
    expect(job?.start_after).toEqual(waiting?.nextAttemptAt);

    // What it asks for does not take the place of what is planned later.
    receiver.answer = (response) => response.writeHead(503, { 'retry-after': '1' }).end();
    await deliverWaiting(desk.admin);
    const [later] = await logOf(desk.hook.id);
    expect((later?.nextAttemptAt?.getTime() ?? 0) - Date.now()).toBeGreaterThan(290_000);
  });

  test('is given up after ten attempts, and a person can send it again', async () => {
    const desk = await createHookDesk(receiver);
    await approve(desk.reviewer, await desk.inReview());
    receiver.answer = (response) => response.writeHead(503).end();
    for (let attempt = 1; attempt <= 10; attempt += 1)
      expect(await deliverWaiting(desk.admin)).toBe(1);
    expect(await deliverWaiting(desk.admin)).toBe(0);
    const [failed] = await logOf(desk.hook.id);
    expect(failed).toMatchObject({ state: 'failed', attempts: 10, nextAttemptAt: null });

    // The schedule begins anew: where it fails again, the next attempt follows in seconds.
    await resendDelivery(desk.admin, failed?.id ?? '');
    await deliverWaiting(desk.admin);
    const [again] = await logOf(desk.hook.id);
    expect(again).toMatchObject({ state: 'waiting', attempts: 11 });
    expect((again?.nextAttemptAt?.getTime() ?? 0) - Date.now()).toBeLessThan(6_000);

    receiver.answer = answerWell;
    await deliverWaiting(desk.admin);
    expect(await logOf(desk.hook.id)).toMatchObject([{ state: 'delivered', attempts: 12 }]);
    const ids = new Set(receiver.at(desk.hook.path).map(({ headers }) => headers['webhook-id']));
    expect(ids.size).toBe(1);
    // What was delivered may be wanted once more.
    await resendDelivery(desk.admin, failed?.id ?? '');
    await deliverWaiting(desk.admin);
    expect(receiver.at(desk.hook.path)).toHaveLength(13);
  });

  test('sent again while the next attempt waits: the one that waited does nothing more', async () => {
    const desk = await createHookDesk(receiver);
    await approve(desk.reviewer, await desk.inReview());
    receiver.answer = (response) => response.writeHead(500).end();
    await deliverWaiting(desk.admin);
    const [waiting] = await logOf(desk.hook.id);
    receiver.answer = answerWell;
    await resendDelivery(desk.admin, waiting?.id ?? '');
    expect(await deliverWaiting(desk.admin)).toBe(2);
    expect(receiver.at(desk.hook.path)).toHaveLength(2);
  });

  test('a receiver that is not there, one that leads elsewhere, one that answers 410', async () => {
    const team = await createTeam('shop');
    const nobody = await addWebhook(team.admin, closed.origin);
    const redirect = await addWebhook(team.admin, receiver.origin);
    const gone = await addWebhook(team.admin, receiver.origin);
    receiver.answer = (response, { path: at }) =>
      at === gone.path
        ? response.writeHead(410).end()
        : response.writeHead(307, { location: `${receiver.origin}/elsewhere` }).end();
    for (const { id } of [nobody, redirect, gone]) await sendTestEvent(team.admin, id);
    await deliverWaiting(team.admin);
    expect(await logOf(nobody.id)).toMatchObject([
      { state: 'waiting', log: [{ status: null, outcome: 'unreachable' }] },
    ]);
    expect(await logOf(redirect.id)).toMatchObject([
      { state: 'waiting', log: [{ status: 307, outcome: 'redirected' }] },
    ]);
    expect(receiver.at('/elsewhere')).toEqual([]);
    expect(await logOf(gone.id)).toMatchObject([
      { state: 'failed', log: [{ status: 410, outcome: 'gone' }] },
    ]);
    const row = await db.webhook.findUniqueOrThrow({ where: { id: gone.id } });
    expect(row).toMatchObject({ off: 'gone', offAt: expect.any(Date) });
    expect(
      await db.auditEvent.findFirst({ where: { subjectId: gone.id, action: 'webhook.given_up' } }),
    ).toMatchObject({ actorId: null, workspaceId: team.workspace.id, data: { reason: 'gone' } });
  });

  test('for three days turns the webhook off', async () => {
    const desk = await createHookDesk(receiver);
    const failingSince = new Date(Date.now() - 73 * 3_600_000);
    await db.webhook.update({ where: { id: desk.hook.id }, data: { failingSince } });
    receiver.answer = (response) => response.writeHead(500).end();
    await approve(desk.reviewer, await desk.inReview());
    await deliverWaiting(desk.admin);
    const row = await db.webhook.findUniqueOrThrow({ where: { id: desk.hook.id } });
    expect(row).toMatchObject({ off: 'failing' });
    // It misses what happens meanwhile, and begins anew when it is turned on.
    await approve(desk.reviewer, await desk.inReview());
    expect(await deliverWaiting(desk.admin)).toBe(0);
    await switchWebhook(desk.admin, { webhookId: row.id, version: row.version, on: true });
    receiver.answer = answerWell;
    await approve(desk.reviewer, await desk.inReview());
    await deliverWaiting(desk.admin);
    expect(receiver.at(desk.hook.path)).toHaveLength(2);
  });
});

test('two workers that make the same attempt log it once', async () => {
  const desk = await createHookDesk(receiver);
  await sendTestEvent(desk.admin, desk.hook.id);
  receiver.answer = (response) => response.writeHead(500).end();
  const { id: jobId } = await db.job.findFirstOrThrow({
    where: { workspaceId: desk.workspace.id, kind: 'webhook.deliver' },
  });
  const signal = new AbortController().signal;
  const deliver = () => runJob(webhookDeliverJob, { jobId, lastAttempt: false, signal });
  await Promise.all([deliver(), deliver()]);
  expect(await logOf(desk.hook.id)).toMatchObject([{ attempts: 1, log: [{ number: 1 }] }]);
  const jobs = await db.job.count({ where: { workspaceId: desk.workspace.id, state: 'queued' } });
  expect(jobs).toBe(1);
});

test('what waits when a webhook is turned off is not sent, and neither when it is removed', async () => {
  const desk = await createHookDesk(receiver);
  await approve(desk.reviewer, await desk.inReview());
  const off = { webhookId: desk.hook.id, version: 1, on: false };
  await switchWebhook(desk.admin, off);
  await deliverWaiting(desk.admin);
  expect(await logOf(desk.hook.id)).toMatchObject([{ state: 'skipped', log: [] }]);
  await switchWebhook(desk.admin, { ...off, version: 2, on: true });
  await approve(desk.reviewer, await desk.inReview());
  await removeWebhook(desk.admin, desk.hook.id);
  await deliverWaiting(desk.admin);
  expect(receiver.at(desk.hook.path)).toEqual([]);
  expect(await db.webhookEvent.count({ where: { workspaceId: desk.workspace.id } })).toBe(0);
});

test('a message goes out although the person who caused it has left', async () => {
  const desk = await createHookDesk(receiver);
  await approve(desk.reviewer, await desk.inReview());
  await db.member.deleteMany({ where: { userId: desk.reviewer.userId } });
  await deliverWaiting(desk.admin);
  expect(receiver.at(desk.hook.path)).toHaveLength(1);
});

test('after a change of the secret both are good for a day, then the new one alone', async () => {
  const desk = await createHookDesk(receiver);
  const { secret } = await rotateSecret(desk.admin, desk.hook.id);
  expect(secret).not.toBe(desk.hook.secret);
  await sendTestEvent(desk.admin, desk.hook.id);
  await deliverWaiting(desk.admin);
  onlyMessage(receiver, desk.hook);
  onlyMessage(receiver, { ...desk.hook, secret });
  receiver.received.length = 0;
  await db.webhook.update({ where: { id: desk.hook.id }, data: { oldSecretUntil: new Date() } });
  await sendTestEvent(desk.admin, desk.hook.id);
  await deliverWaiting(desk.admin);
  onlyMessage(receiver, { ...desk.hook, secret });
  expect(() => onlyMessage(receiver, desk.hook)).toThrow(/signature/);
});

test('the secret lies sealed, and what was sent cannot be changed', async () => {
  const desk = await createHookDesk(receiver);
  const row = await db.webhook.findUniqueOrThrow({ where: { id: desk.hook.id } });
  expect(JSON.stringify(row)).not.toContain(desk.hook.secret.slice(6));
  await sendTestEvent(desk.admin, desk.hook.id);
  await deliverWaiting(desk.admin);
  const [delivery] = await logOf(desk.hook.id);
  await expect(
    db.webhookEvent.update({ where: { id: delivery?.event.id ?? '' }, data: { body: '{}' } }),
  ).rejects.toThrow();
});

test('what is older than thirty days is dropped with its log and its jobs', async () => {
  const desk = await createHookDesk(receiver);
  await sendTestEvent(desk.admin, desk.hook.id);
  await deliverWaiting(desk.admin);
  const longAgo = new Date(Date.now() - 31 * 24 * 3_600_000);
  const { workspaceId } = desk.admin;
  const id = crypto.randomUUID();
  await db.webhookEvent.create({
    data: { id, workspaceId, type: 'run.failed', body: '{}', at: longAgo },
  });
  await db.job.updateMany({ where: { workspaceId }, data: { createdAt: longAgo } });
  await sendTestEvent(desk.admin, desk.hook.id);
  await deliverWaiting(desk.admin);
  expect(await db.webhookEvent.findUnique({ where: { id } })).toBeNull();
  expect(await db.job.count({ where: { workspaceId, kind: 'webhook.deliver' } })).toBe(1);
});
