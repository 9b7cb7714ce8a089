import { afterAll, expect, test } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { stopQueue } from '@/lib/queue';
import { scenarios } from '@/prisma/seed/scenarios';
import { seedSample } from '@/prisma/seed/seed-sample';
import { approvedExamples, sampleExamples, styleTask } from '@/prisma/seed/shop';

afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

const countByStatus = async () => {
  const rows = await db.example.groupBy({ by: ['status'], _count: true });
  return Object.fromEntries(rows.map((row) => [row.status, row._count]));
};

const expected = () => {
  const counts: Record<string, number> = {};
  for (const { state } of sampleExamples) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
};

/** Of this process, in seconds. One statement per example and table would take several times as much. */
const MOST_PROCESSOR_TIME = 5;

test('the sample has examples in every state, quickly, and approved ones break no rule', async () => {
  const before = process.cpuUsage();
  expect(await seedSample({ onlyIfEmpty: true })).toBe(true);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1_000_000).toBeLessThan(MOST_PROCESSOR_TIME);
  expect(await countByStatus()).toEqual(expected());
  expect(await db.finding.count({ where: { example: { status: 'approved' } } })).toBe(0);
  expect(
    await db.finding.count({ where: { severity: 'blocker', example: { status: 'sent_back' } } }),
  ).toBeGreaterThanOrEqual(3);
});

test('every approval is by another person than the author, of exactly the current text', async () => {
  const approvals = await db.review.findMany({
    where: { decision: 'approve' },
    select: {
      reviewerId: true,
      revisionId: true,
      revision: { select: { authorId: true } },
      example: { select: { approvedRevisionId: true, currentRevisionId: true } },
    },
  });
  expect(approvals).toHaveLength(approvedExamples.length);
  for (const { reviewerId, revisionId, revision, example } of approvals) {
    expect(reviewerId).not.toBe(revision.authorId);
    expect(example).toEqual({ approvedRevisionId: revisionId, currentRevisionId: revisionId });
  }
  expect(new Set(approvals.map(({ reviewerId }) => reviewerId)).size).toBe(2);
});

test('each approval stands in the record, under who made it', async () => {
  const entries = await db.auditEvent.groupBy({
    by: ['action'],
    where: { subjectType: 'example' },
    _count: true,
  });
  const counts = Object.fromEntries(entries.map(({ action, _count }) => [action, _count]));
  expect(counts['review.approved']).toBe(approvedExamples.length);
  expect(counts['example.created']).toBe(sampleExamples.length);
});

test('a second start changes nothing', async () => {
  const before = await countByStatus();
  expect(await seedSample({ onlyIfEmpty: true })).toBe(false);
  expect(await countByStatus()).toEqual(before);
});

test('a seed that was cut short is made anew', async () => {
  const some = await db.example.findMany({ where: { status: 'draft' }, select: { id: true } });
  for (const { id } of some) await db.$executeRaw`SELECT erase_example(${id}::uuid, NULL)`;
  expect(await seedSample({ onlyIfEmpty: true })).toBe(true);
  expect(await db.example.count()).toBe(sampleExamples.length);
});

test('the style task is seeded by its name, once', async () => {
  expect(await scenarios['style-task']()).toMatch(/ is ready/);
  expect(await scenarios['style-task']()).toMatch(/ is there already/);
  const made = await db.dataset.findMany({
    where: { name: styleTask.name },
    select: { _count: { select: { examples: { where: { status: 'approved' } } } } },
  });
  expect(made).toEqual([{ _count: { examples: styleTask.examples.length } }]);
});
