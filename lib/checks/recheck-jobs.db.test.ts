import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recheckJob } from '@/lib/checks/recheck-jobs';
import type { HouseRule } from '@/lib/checks/rule-schema';
import { SLOT_CHECKS } from '@/lib/checks/rule-trial-schema';
import { saveBrief } from '@/lib/datasets/brief-mutations';
import { createDataset } from '@/lib/datasets/dataset-mutations';
import { db, disconnect } from '@/lib/db';
import { runJob } from '@/lib/jobs';
import { stopQueue } from '@/lib/queue';
import type { Viewer } from '@/lib/session';
import { approveExample, createExample, createTeam } from '@/tests/factories-examples';
import { countExamplesInUse, tryRules } from './rule-trial-queries';

type Team = Awaited<ReturnType<typeof createTeam>>;
let shop: Team;
let rival: Team;
let datasetId: string;

const rule: HouseRule = {
  id: randomUUID(),
  kind: 'banned_phrase',
  severity: 'blocker',
  phrases: ['unfortunately'],
};
const brief = { task: 'Answer mails', systemPrompt: 'You answer mails.' };

beforeAll(async () => {
  shop = await createTeam('shop');
  rival = await createTeam('rival');
  ({ id: datasetId } = await createDataset(shop.admin, { ...brief, name: 'Mails' }));
  for (let index = 0; index < 120; index += 1) {
    const reply = index % 4 === 0 ? `Unfortunately it is late, ${index}.` : `On its way, ${index}.`;
    const { id } = await createExample(shop.writer, datasetId, { reply, status: 'in_review' });
    if (index % 8 === 0) await approveExample(shop.reviewer, id);
  }
  await createExample(shop.writer, datasetId, { reply: 'Order {{ordr}} left.' });
  const retired = await createExample(shop.writer, datasetId, { reply: 'Unfortunately not.' });
  await db.example.update({ where: { id: retired.id }, data: { status: 'retired' } });
}, 60_000);
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

async function tryAll(viewer: Viewer, rules: HouseRule[]) {
  const parts = [];
  for (let after: number | null = 0; after !== null; after = parts.at(-1)?.next ?? null) {
    parts.push(await tryRules(viewer, { datasetId, rules, slots: ['order'], after }));
  }
  return parts;
}

it('a trial counts and lists what a rule would flag, and writes nothing', async () => {
  const before = await db.finding.count();
  const [part] = await tryAll(shop.admin, [rule]);
  expect(await countExamplesInUse(shop.admin, datasetId)).toBe(121);
  expect(part).toMatchObject({ checked: 121, next: null });
  expect(part?.flagged[rule.id]?.count).toBe(30);
  expect(part?.flagged[rule.id]?.examples).toHaveLength(20);
  expect(part?.flagged[rule.id]?.examples[0]).toMatchObject({
    number: 1,
    excerpt: 'Unfortunately it is late, 0.',
  });
  expect(part?.flagged[SLOT_CHECKS]?.count).toBe(1);
  expect(await db.finding.count()).toBe(before);
});

it('a trial is for those who write the brief, in their own workspace', async () => {
  await expect(tryAll(shop.writer, [rule])).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(tryAll(rival.admin, [rule])).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await countExamplesInUse(rival.admin, datasetId)).toBe(0);
});

it('new rules re-check every example as a job and leave approvals alone', async () => {
  // As an example of before hidden characters were looked for.
  const { id: hiding } = await createExample(shop.writer, datasetId, { prompt: 'Where\u202e?' });
  await db.finding.deleteMany({ where: { exampleId: hiding } });
  const statuses = () =>
    db.example.findMany({
      where: { datasetId },
      orderBy: { number: 'asc' },
      select: { status: true, approvedRevisionId: true, version: true, updatedAt: true },
    });
  const before = await statuses();
  const { jobId } = await saveBrief(shop.admin, {
    datasetId,
    baseVersion: 1,
    content: { ...brief, guidelines: '', slots: [], rules: [rule] },
  });
  const delivery = { jobId: jobId ?? '', lastAttempt: true, signal: new AbortController().signal };
  await runJob(recheckJob, delivery);
  expect(await db.job.findUnique({ where: { id: jobId ?? '' } })).toMatchObject({
    state: 'done',
    progressDone: 123,
    progressTotal: 123,
    progressStage: 'rechecking',
    result: { checked: 123 },
  });
  expect(await db.finding.findMany({ where: { exampleId: hiding } })).toMatchObject([
    { check: 'hidden_character', severity: 'warning', detail: { place: 'prompt' } },
  ]);
  expect(await db.finding.count({ where: { ruleId: rule.id, state: 'open' } })).toBe(31);
  expect(await statuses()).toEqual(before);

  // A job that is delivered twice changes nothing more.
  await db.job.update({ where: { id: jobId ?? '' }, data: { state: 'queued' } });
  await runJob(recheckJob, delivery);
  expect(await db.finding.count({ where: { ruleId: rule.id } })).toBe(31);
});
