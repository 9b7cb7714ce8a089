import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { dataPath } from '@/lib/files';
import { findMeasuredSpeed } from '@/lib/training/measured-speed';
import { createScene, type Scene } from '@/tests/authorization-scene';

let scene: Scene;
beforeAll(async () => {
  scene = await createScene('shop');
});
afterAll(() => disconnect());

/** A run of a base model of its own with these speeds of its steps. */
async function runOf(
  baseModel: string,
  speeds: (number | null)[],
  end: { state: 'done' | 'failed' | 'training'; minutesAgo: number },
) {
  const id = await scene.run();
  const { quoteId } = await db.run.update({
    where: { id },
    data: {
      state: end.state,
      finishedAt: new Date(Date.now() - end.minutesAgo * 60_000),
      tokensPerSecond: speeds.at(-1) ?? null,
    },
    select: { quoteId: true },
  });
  await db.quote.update({ where: { id: quoteId }, data: { baseModel }, select: { id: true } });
  await db.runMetric.createMany({
    data: speeds.map((tokensPerSecond, at) => ({
      runId: id,
      kind: 'training' as const,
      step: at + 1,
      loss: 1,
      tokensPerSecond,
    })),
  });
}

test('not known, then by the preparation, then by the last run that reached its end', async () => {
  const model = 'measured-model';
  expect(await findMeasuredSpeed(model)).toBeNull();

  const folder = path.dirname(dataPath('trainer', 'models', model, 'speed.json'));
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'speed.json'), '{"tokensPerSecond": 61.5}');
  expect(await findMeasuredSpeed(model)).toEqual({ tokensPerSecond: 61.5, by: 'preparation' });

  await runOf(model, [5, 90, 100], { state: 'failed', minutesAgo: 1 });
  await runOf(model, [5, 90, 100], { state: 'training', minutesAgo: 1 });
  await runOf('another-model', [1, 1, 1], { state: 'done', minutesAgo: 1 });
  expect(await findMeasuredSpeed(model)).toMatchObject({ by: 'preparation' });

  await runOf(model, [5, 98, 100, null, 102, 3], { state: 'done', minutesAgo: 30 });
  // The slow first and last steps do not count for more than one each.
  expect(await findMeasuredSpeed(model)).toEqual({ tokensPerSecond: 98, by: 'run' });

  await runOf(model, [80, 81, 82], { state: 'done', minutesAgo: 2 });
  expect(await findMeasuredSpeed(model)).toEqual({ tokensPerSecond: 81, by: 'run' });
  await runOf(model, [40, 40], { state: 'done', minutesAgo: 20 });
  expect(await findMeasuredSpeed(model)).toEqual({ tokensPerSecond: 81, by: 'run' });
  await rm(folder, { recursive: true });
});

test('a long run counts by its last steps', async () => {
  const speeds = [...Array.from({ length: 40 }, () => 10), ...Array.from({ length: 20 }, () => 90)];
  await runOf('long-model', speeds, { state: 'done', minutesAgo: 1 });
  expect(await findMeasuredSpeed('long-model')).toEqual({ tokensPerSecond: 90, by: 'run' });
});
