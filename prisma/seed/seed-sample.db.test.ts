import { afterAll, expect, test } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { stopQueue } from '@/lib/queue';
import { sampleExamples } from '@/prisma/seed/sample-shop';
import { seedSample } from '@/prisma/seed/seed-sample';

afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

const countByStatus = async () => {
  const rows = await db.example.groupBy({ by: ['status'], _count: true });
  return Object.fromEntries(rows.map((row) => [row.status, row._count]));
};

test('the sample workspace has 40 examples in every state, and approved ones break no rule', async () => {
  expect(await seedSample({ onlyIfEmpty: true })).toBe(true);
  expect(await countByStatus()).toEqual({
    approved: 24,
    in_review: 5,
    sent_back: 3,
    draft: 5,
    retired: 3,
  });
  expect(sampleExamples).toHaveLength(40);
  const broken = await db.finding.findMany({
    where: { example: { status: 'approved' } },
    select: { check: true },
  });
  expect(broken).toEqual([]);
  expect(
    await db.finding.count({ where: { severity: 'blocker', example: { status: 'sent_back' } } }),
  ).toBe(2);
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
  expect(await db.example.count()).toBe(40);
});
