import { afterAll, describe, expect, test } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { stopQueue } from '@/lib/queue';
import { resendDelivery, sendTestEvent } from '@/lib/webhooks/delivery-mutations';
import {
  changeWebhookEvents,
  createWebhook,
  removeWebhook,
  rotateSecret,
  switchWebhook,
} from '@/lib/webhooks/webhook-mutations';
import { findDeliveries, findWebhooks, getWebhook } from '@/lib/webhooks/webhook-queries';
import { MAX_WEBHOOKS } from '@/lib/webhooks/webhook-schema';
import { createTeam } from '@/tests/factories-examples';
import { logOf } from '@/tests/webhook-receiver';

afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

const url = 'https://hooks.shop.example/in';
const events = ['run.finished' as const];

async function createPlace() {
  const team = await createTeam('shop');
  return { ...team, ...(await createWebhook(team.admin, { url, events })) };
}

describe('adding', () => {
  test.each([
    ['http://hooks.shop.example/in', 'notHttps'],
    ['https://127.0.0.1/in', 'private'],
    ['https://user:word@hooks.shop.example/in', 'userinfo'],
    ['https://hooks.shop.example:8443/in', 'port'],
    ['mailto:hooks@shop.example', 'notAnAddress'],
  ])('%s is refused', async (bad, fault) => {
    const { admin } = await createTeam('shop');
    await expect(createWebhook(admin, { url: bad, events })).rejects.toMatchObject({
      code: 'INVALID',
      messageKey: `webhooks.errors.address.${fault}`,
    });
  });

  test('an address has one webhook, however it is written', async () => {
    const { admin } = await createPlace();
    for (const same of [url, 'https://HOOKS.shop.example:443/in'])
      await expect(createWebhook(admin, { url: same, events })).rejects.toMatchObject({
        code: 'CONFLICT',
        messageKey: 'webhooks.errors.known',
      });
  });

  test('of many at once no more are added than there may be', async () => {
    const { admin } = await createTeam('shop');
    const tries = await Promise.allSettled(
      Array.from({ length: MAX_WEBHOOKS + 5 }, (_, at) =>
        createWebhook(admin, { url: `${url}/${at}`, events }),
      ),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(MAX_WEBHOOKS);
    expect(await findWebhooks(admin)).toHaveLength(MAX_WEBHOOKS);
  });
});

test('of two changes to what was seen at the same time one is refused', async () => {
  const { admin, id: webhookId } = await createPlace();
  const seen = { webhookId, version: 1 };
  const both = await Promise.allSettled([
    changeWebhookEvents(admin, { ...seen, events: ['run.failed'] }),
    switchWebhook(admin, { ...seen, on: false }),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect((await getWebhook(admin, webhookId)).version).toBe(2);
});

test('no answer but that of making one holds a secret', async () => {
  const { admin, id, secret } = await createPlace();
  await sendTestEvent(admin, id);
  const answers = [
    await findWebhooks(admin),
    await getWebhook(admin, id),
    await findDeliveries(admin, { webhookId: id, before: null }),
  ];
  const text = JSON.stringify(answers);
  expect(text).not.toContain(secret.slice(6));
  expect(text).not.toContain('"secret"');
  const entries = await db.auditEvent.findMany({ where: { subjectId: id } });
  expect(JSON.stringify(entries)).not.toContain('hooks.shop.example');
});

test('another workspace neither sees nor changes it', async () => {
  const ours = await createPlace();
  const theirs = await createTeam('theirs');
  await sendTestEvent(ours.admin, ours.id);
  const [delivery] = await logOf(ours.id);
  const webhookId = ours.id;
  const refused = expect.objectContaining({ code: 'NOT_FOUND' });
  await expect(getWebhook(theirs.admin, webhookId)).rejects.toEqual(refused);
  await expect(rotateSecret(theirs.admin, webhookId)).rejects.toEqual(refused);
  await expect(removeWebhook(theirs.admin, webhookId)).rejects.toEqual(refused);
  await expect(sendTestEvent(theirs.admin, webhookId)).rejects.toEqual(refused);
  await expect(resendDelivery(theirs.admin, delivery?.id ?? '')).rejects.toEqual(refused);
  await expect(switchWebhook(theirs.admin, { webhookId, version: 1, on: false })).rejects.toEqual(
    refused,
  );
  expect(await findWebhooks(theirs.admin)).toEqual([]);
  expect(await findDeliveries(theirs.admin, { webhookId, before: null })).toMatchObject({
    rows: [],
  });
  // Not even past the code: a message of one workspace is never bound for another's webhook.
  await expect(
    db.webhookDelivery.create({
      data: {
        workspaceId: theirs.workspace.id,
        webhookId,
        eventId: delivery?.event.id ?? '',
        nextAttemptAt: new Date(),
      },
    }),
  ).rejects.toThrow();
});

test('while it is off nothing is sent by hand either', async () => {
  const { admin, id: webhookId } = await createPlace();
  await sendTestEvent(admin, webhookId);
  const [delivery] = await logOf(webhookId);
  await switchWebhook(admin, { webhookId, version: 1, on: false });
  const refused = expect.objectContaining({ messageKey: 'webhooks.errors.isOff' });
  await expect(sendTestEvent(admin, webhookId)).rejects.toEqual(refused);
  await expect(resendDelivery(admin, delivery?.id ?? '')).rejects.toEqual(refused);
});

test('fifty test messages wait at most, however many ask for one more at once', async () => {
  const { admin, id: webhookId } = await createPlace();
  for (let n = 0; n < 48; n += 1) await sendTestEvent(admin, webhookId);
  const asked = await Promise.allSettled(
    Array.from({ length: 8 }, () => sendTestEvent(admin, webhookId)),
  );
  expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  await expect(sendTestEvent(admin, webhookId)).rejects.toMatchObject({
    code: 'CONFLICT',
    messageKey: 'webhooks.errors.tooManyTests',
    values: { count: 50 },
  });
  await db.webhookDelivery.updateMany({
    where: { webhookId },
    data: { state: 'skipped', nextAttemptAt: null },
  });
  await expect(sendTestEvent(admin, webhookId)).resolves.toBeUndefined();
});

test('the log is read page by page', async () => {
  const { admin, id: webhookId } = await createPlace();
  for (let n = 0; n < 30; n += 1) await sendTestEvent(admin, webhookId);
  const first = await findDeliveries(admin, { webhookId, before: null });
  const second = await findDeliveries(admin, { webhookId, before: first.next });
  expect([first.rows.length, second.rows.length, second.next]).toEqual([25, 5, null]);
  const ids = [...first.rows, ...second.rows].map(({ id }) => id);
  expect(new Set(ids).size).toBe(30);
  expect(ids).toEqual([...ids].sort().reverse());
});
