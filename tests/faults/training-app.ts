// The app as `npm start` runs it, on this test file's database and data folder, with a release that
// is small enough to be learned in half a minute by the real trainer.
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@/bin/start/postgres.mjs';
import { isAlive, type ProcessId, sleep } from '@/bin/start/processes.mjs';
import { db } from '@/lib/db';
import { createApproved, createApprovedBrief, freeze } from '@/lib/releases/release-fixtures';
import { sessionCookieName } from '@/lib/session-cookie';
import { createRun } from '@/lib/training/run-mutations';
import { defaultBaseModel, runSettingsSchema } from '@/lib/training/run-schema';
import { createMember, createSession } from '@/tests/factories';
import { createDataset, createTeam } from '@/tests/factories-examples';
import { shareTrainer, startApp } from '@/tests/installation.mjs';

const dataDir = () => process.env.DATA_DIR ?? '';

/** Requests and answers of a lamp shop; the group keeps each pair in one split. */
const things = ['lamp', 'shade', 'bulb', 'cable', 'switch', 'stand', 'dimmer', 'plug'];
const wishes = ['return', 'repair', 'exchange'];
const pairs = wishes.flatMap((wish) =>
  things.map((thing) => ({
    prompt: `May I ${wish} the ${thing} that I bought ${thing.length + wish.length} days ago?`,
    reply: `Gladly. We ${wish} every ${thing}. Your Lindenhof team`,
    groupKey: `${wish} ${thing}`,
  })),
);

/** A workspace with a frozen release, and an admin with a session. */
export async function prepareRelease() {
  const team = await createTeam('lamps');
  const { id: datasetId } = await createDataset(team.admin);
  const briefId = await createApprovedBrief(team.admin, team.reviewer, datasetId);
  for (const pair of pairs) await createApproved(team.writer, team.reviewer, datasetId, pair);
  const releaseId = await freeze(team.admin, datasetId, briefId);
  const person = await createMember(team.workspace, 'admin');
  const { token } = await createSession(person);
  return { team, datasetId, releaseId, token };
}

export type Prepared = Awaited<ReturnType<typeof prepareRelease>>;

/** Starts a run with settings that make some twenty steps. */
export async function startRun({ team, releaseId }: Prepared): Promise<string> {
  const settings = { epochs: 2, batchSize: 2, maxNewTokens: 16, seed: 7 };
  const quote = await db.quote.create({
    data: {
      workspaceId: team.admin.workspaceId,
      releaseId,
      target: 'local',
      baseModel: defaultBaseModel,
      settings: runSettingsSchema.parse(settings),
      trainingExamples: 20,
      validationExamples: 2,
      trainingTokens: 1_000,
      longestTokens: 60,
      tooLong: [],
      expectedSeconds: 60,
      createdById: team.admin.userId,
      expiresAt: new Date(Date.now() + 3_600_000),
    },
    select: { id: true },
  });
  const run = await createRun(team.admin, {
    releaseId,
    quoteId: quote.id,
    idempotencyKey: randomUUID(),
    acceptWithdrawn: false,
  });
  return run.id;
}

const readJson = <T>(...parts: string[]): T =>
  JSON.parse(readFileSync(join(dataDir(), ...parts), 'utf8')) as T;

/** A living process of the installation, as it is written down for the next start. */
function findProcess(name: 'web' | 'worker' | 'trainer'): ProcessId | undefined {
  if (name !== 'trainer')
    return readJson<{ children: Record<string, ProcessId> }>('start.json').children[name];
  return livingTrainers()[0];
}

/** Trainers that are written down and alive. */
const livingTrainers = () =>
  readdirSync(join(dataDir(), 'processes'))
    .filter((file) => file.startsWith('trainer-'))
    .map((file) => readJson<ProcessId>('processes', file))
    .filter((id) => isAlive(id));

export async function trainingApp(token: string) {
  shareTrainer(dataDir());
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const begin = async () => {
    const app = startApp({
      DATA_DIR: dataDir(),
      DATABASE_URL: process.env.DATABASE_URL ?? '',
      DATABASE_DIRECT_URL: process.env.DATABASE_DIRECT_URL ?? '',
      // The sessions of this test are good there too.
      NEXTAUTH_SECRET: process.env.NEXTAUTH_SECRET ?? '',
      APP_URL: url,
      PORT: String(port),
      SAMPLE: '0',
      REGRESSION_SET: 'off',
    });
    await app.waitFor(/Apprentice is ready/, 300_000);
    return app;
  };
  let app = await begin();
  return {
    livingTrainers,
    async stop() {
      await app.stop();
    },
    /** kill -9 of one process, once it is there. */
    async kill(name: 'web' | 'worker' | 'trainer'): Promise<void> {
      for (let id = findProcess(name); ; id = findProcess(name)) {
        if (id && isAlive(id)) {
          process.kill(id.pid, 'SIGKILL');
          return;
        }
        await sleep(50);
      }
    },
    /** kill -9 of everything but the trainer, which lives on; then `npm start` again. */
    async killAllAndStart(): Promise<{ trainer: ProcessId | undefined }> {
      const trainer = findProcess('trainer');
      const ids = [findProcess('web'), findProcess('worker')];
      process.kill(app.pid, 'SIGKILL');
      for (const id of ids) if (isAlive(id)) process.kill(id?.pid ?? 0, 'SIGKILL');
      await app.ended;
      app = await begin();
      return { trainer };
    },
    /** The status of a page as the admin sees it; waits while web is being started again. */
    async statusOf(path: string): Promise<number> {
      const headers = { Cookie: `${sessionCookieName}=${token}` };
      for (;;) {
        const answer = await fetch(`${url}${path}`, { headers, redirect: 'manual' }).catch(
          () => null,
        );
        if (answer) return answer.status;
        await sleep(100);
      }
    },
  };
}

export type TrainerLine = { event: string; step?: number; fromStep?: number; loss?: number };

/** What the trainer wrote in the folder of a run. */
export const trainerLines = (runId: string): TrainerLine[] =>
  readFileSync(join(dataDir(), 'runs', runId, 'metrics.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as TrainerLine);
