// A question to base and tuned model, with a stand-in for the model server: answered, or broken off.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '@/bin/start/paths.mjs';
import { db, disconnect } from '@/lib/db';
import { env } from '@/lib/env';
import { cancelJob, runJob } from '@/lib/jobs';
import { modelAskJob } from '@/lib/models/model-jobs';
import { askModel } from '@/lib/models/model-mutations';
import { stopModelServer } from '@/lib/models/model-server';
import { stopQueue } from '@/lib/queue';
import { createTeam } from '@/tests/factories-examples';
import { createProvable } from '@/tests/factories-proofs';
import { setEnvironment } from '@/tests/set-environment';

setEnvironment({ TRAINER_PYTHON: path.join(root, 'tests/faults/stand_in_trainer.py') });

let team: Awaited<ReturnType<typeof createTeam>>;
let modelId: string;
beforeAll(async () => {
  team = await createTeam('bicycles');
  ({ modelId } = await createProvable(team, { rows: 12 }));
  const model = path.join(env().DATA_DIR, 'trainer/models/small');
  mkdirSync(model, { recursive: true });
  writeFileSync(path.join(model, 'config.json'), '{"max_position_embeddings":8192}');
}, 120_000);
afterAll(async () => {
  stopModelServer();
  await stopQueue(0);
  await disconnect();
});

const ask = async (prompt: string) =>
  (await askModel(team.writer, { modelId, prompt, maxNewTokens: 64 })).jobId;
const deliver = (jobId: string, signal = new AbortController().signal) =>
  runJob(modelAskJob, { jobId, lastAttempt: true, signal });
const find = (id: string) => db.job.findUniqueOrThrow({ where: { id } });

/** What the stand-in noted of whom it was asked and who left, since the test began. */
function noted(): string[] {
  const folder = path.join(env().DATA_DIR, 'trainer/serve/small');
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return files
    .map((file) => path.join(folder, file, 'asked.txt'))
    .filter((file) => existsSync(file))
    .flatMap((file) => readFileSync(file, 'utf8').trim().split('\n'));
}
/** Resolves once the stand-in has noted something that it had not noted before. */
async function untilNoted(line: string, before: readonly string[]): Promise<void> {
  while (!noted().slice(before.length).includes(line)) await sleep(20);
}

test('both models answer it', async () => {
  const jobId = await ask('Where is my parcel?');
  await deliver(jobId);
  expect(await find(jobId)).toMatchObject({
    state: 'done',
    result: { base: { text: 'base answers' }, tuned: { text: 'tuned answers' } },
  });
});

test('stopped while it waited, nobody is asked', async () => {
  const before = noted();
  const jobId = await ask('Where is my parcel?');
  await cancelJob(team.writer, jobId);
  await deliver(jobId);
  expect((await find(jobId)).state).toBe('cancelled');
  expect(noted()).toEqual(before);
});

test('stopped while a model writes, the model stops and the other one is not asked', async () => {
  const before = noted();
  const jobId = await ask('NEVER ENDS');
  const delivered = deliver(jobId);
  await untilNoted('base asked', before);
  await cancelJob(team.writer, jobId);
  await delivered;
  expect((await find(jobId)).state).toBe('cancelled');
  await untilNoted('base left', before);
  expect(noted().slice(before.length)).toEqual(['base asked', 'base left']);
});

test('left by a worker that is told to stop, it waits for the next one', async () => {
  const before = noted();
  const jobId = await ask('NEVER ENDS');
  const stopping = new AbortController();
  const delivered = deliver(jobId, stopping.signal);
  await untilNoted('base asked', before);
  stopping.abort();
  await expect(delivered).rejects.toThrow();
  await untilNoted('base left', before);
  expect((await find(jobId)).finishedAt).toBeNull();
});
