import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { db, disconnect } from '@/lib/db';
import type { QueueName } from '@/lib/queue';
import { TrainerStopped } from '@/lib/training/trainer-process';
import { atTrainingPlace, type ShouldStop } from '@/lib/training/training-place';
import { createTeam } from '@/tests/factories-examples';

let team: Awaited<ReturnType<typeof createTeam>>;
beforeAll(async () => {
  team = await createTeam('lathe');
});
afterAll(() => disconnect());

let stages: string[];
beforeEach(() => {
  stages = [];
});
const job = {
  signal: new AbortController().signal,
  progress: async (_done: number, _total: number | null, stage: string) => {
    stages.push(stage);
  },
  throwIfCancelled: async () => undefined,
};

/** A job that waits, as a row alone: no worker takes it. */
const waiting = (kind: QueueName) =>
  db.job.create({
    data: {
      kind,
      subjectId: randomUUID(),
      input: {},
      workspaceId: team.workspace.id,
      createdById: team.admin.userId,
    },
    select: { id: true },
  });
const ended = ({ id }: { id: string }) =>
  db.job.update({ where: { id }, data: { state: 'done' }, select: { id: true } });

/** Works until it is told to stop, or until somebody says that it is enough. */
function longWork() {
  const work = { begun: 0, isEnough: false };
  const run = async (shouldStop: ShouldStop) => {
    work.begun += 1;
    while (!work.isEnough) {
      if (await shouldStop()) throw new TrainerStopped();
      await sleep(20);
    }
  };
  return { work, run };
}
const begins = (work: { begun: number }, times: number) =>
  expect.poll(() => work.begun, { timeout: 10_000 }).toBe(times);

test.each(['run.train', 'proof.answer'] as const)(
  'what goes behind gives the place to %s, and goes on after it',
  async (kind) => {
    const { work, run } = longWork();
    const first = await waiting(kind);
    const done = atTrainingPlace(job, run, { goesBehind: true });
    await expect.poll(() => stages).toEqual(['waitingForPlace']);
    await sleep(1_500);
    expect(work.begun).toBe(0);
    await ended(first);
    await begins(work, 1);

    const second = await waiting(kind);
    await expect.poll(() => stages).toHaveLength(2);
    // The place is free for whoever is waited for.
    await expect(atTrainingPlace(job, async () => undefined)).resolves.toBeUndefined();
    expect(work.begun).toBe(1);
    await ended(second);
    await begins(work, 2);
    work.isEnough = true;
    await done;
    expect(work.begun).toBe(2);
  },
);

test('everything else keeps the place to its end', async () => {
  const { work, run } = longWork();
  const other = await waiting('run.train');
  const done = atTrainingPlace(job, run);
  await begins(work, 1);
  await sleep(300);
  work.isEnough = true;
  await done;
  await ended(other);
  expect(work.begun).toBe(1);
});
