// What the database keeps of a workspace whose places for jobs are all taken. That clients who race
// for the last places never get one more stands in tests/security.db.test.ts.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { jobDefinitions } from '@/lib/job-index';
import { MAX_OPEN_JOBS } from '@/lib/job-limit';
import { startJob } from '@/lib/jobs';
import { type QueueName, stopQueue } from '@/lib/queue';
import type { Viewer } from '@/lib/session';
import { sendTestEvent } from '@/lib/webhooks/delivery-mutations';
import { appSql } from '@/tests/database';
import { createTeam } from '@/tests/factories-examples';
import { endJob, openJobs, owedKinds } from '@/tests/open-jobs';
import { addWebhook, allowOrigins } from '@/tests/webhook-receiver';

const origin = 'http://127.0.0.1:9';
allowOrigins(origin);
let admin: Viewer;
const subjectId = randomUUID();
const start = (viewer: Viewer, kind: QueueName) =>
  db.$transaction((tx) => startJob(tx, viewer, { kind, subjectId, input: {} }));
const isOpen = async () => (await openJobs(admin.workspaceId)).length;

beforeAll(async () => {
  ({ admin } = await createTeam('full'));
  for (let n = 0; n < MAX_OPEN_JOBS; n += 1) await start(admin, 'import.check');
});
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

test.each(jobDefinitions.map(({ kind }) => kind))(
  '%s, where all places are taken',
  async (kind) => {
    if (owedKinds.includes(kind)) await expect(start(admin, kind)).resolves.toBeDefined();
    else
      await expect(start(admin, kind)).rejects.toMatchObject({
        code: 'CONFLICT',
        messageKey: 'errors.tooManyJobs',
        values: { count: MAX_OPEN_JOBS },
      });
    expect(await isOpen()).toBe(MAX_OPEN_JOBS);
  },
);

test('a message to a webhook is queued all the same', async () => {
  const { id } = await addWebhook(admin, origin);
  await sendTestEvent(admin, id);
  const deliveries = await db.webhookDelivery.findMany({ where: { webhookId: id } });
  expect(deliveries).toHaveLength(1);
  const ids = deliveries.map((delivery) => delivery.id);
  expect(await db.job.count({ where: { subjectId: { in: ids } } })).toBe(1);
});

test('one person at a time is erased in a workspace, whoever asks at once', async () => {
  const { admin: other } = await createTeam('erasing');
  const asked = await Promise.allSettled(
    Array.from({ length: 12 }, () => start(other, 'person.erase')),
  );
  const begun = asked.filter((one) => one.status === 'fulfilled');
  expect(begun).toHaveLength(1);
  for (const one of asked)
    if (one.status === 'rejected')
      expect(one.reason).toMatchObject({
        code: 'CONFLICT',
        messageKey: 'lineage.errors.underWay',
      });
  await endJob(begun[0]?.value.id ?? '');
  await expect(start(other, 'person.erase')).resolves.toBeDefined();
});

test('another workspace has places of its own', async () => {
  const rival = await createTeam('rival');
  await expect(start(rival.admin, 'import.check')).resolves.toBeDefined();
});

const insert = (kind: string, state: string) =>
  appSql<{ id: string }>(
    `INSERT INTO "Job" ("workspaceId", "subjectId", "createdById", "kind", "state", "input")
     VALUES ($1, $2, $3, $4, $5::"JobState", '{}') RETURNING "id"`,
    [admin.workspaceId, subjectId, admin.userId, kind, state],
  );

test.each(['queued', 'running'])('past the code a %s row is refused', async (state) => {
  await expect(insert('import.check', state)).rejects.toThrow('job_limit');
});

test.each([
  ['an ended job that comes to life', 'import.check', 'done', `"state" = 'queued'`],
  ['an owed job under another name', 'webhook.deliver', 'queued', `"kind" = 'import.check'`],
])('past the code %s is refused', async (_, kind, state, change) => {
  const [row] = await insert(kind, state);
  await expect(appSql(`UPDATE "Job" SET ${change} WHERE "id" = $1`, [row?.id])).rejects.toThrow(
    'job_limit',
  );
});

test('a job that goes on is none that begins; one that ended frees its place', async () => {
  const [first, second] = await openJobs(admin.workspaceId);
  await appSql(`UPDATE "Job" SET "state" = 'running' WHERE "id" = $1`, [first?.id]);
  await endJob(second?.id ?? '');
  await start(admin, 'import.check');
  await expect(start(admin, 'import.check')).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(await isOpen()).toBe(MAX_OPEN_JOBS);
});
