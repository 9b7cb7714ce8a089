// The worker's code for one delivery of one job, in a process of its own that can be killed at a
// step. It waits, loaded, for one line on its standard input, so that a kill does not cost a start.
import { createInterface } from 'node:readline';
import { countSteps, stopCounting, watchSteps } from './steps';

/** What the line says: the environment of the installation, the job, and where to die (0: nowhere). */
export type Delivery = { env: Record<string, string>; jobId: string; killAt: number };
/** What the program answers when it lives to its end. */
export type Delivered = { state: string; steps: string[] };

await watchSteps();
const { jobDefinitions } = await import('@/lib/job-index');
const { runJob } = await import('@/lib/jobs');
const { db, disconnect } = await import('@/lib/db');

async function deliver({ env, jobId, killAt }: Delivery): Promise<Delivered> {
  Object.assign(process.env, env);
  const job = await db.job.findUniqueOrThrow({ where: { id: jobId }, select: { kind: true } });
  const definition = jobDefinitions.find((candidate) => candidate.kind === job.kind);
  if (!definition) throw new Error(`there is no job ${job.kind}`);
  countSteps(killAt);
  await runJob(definition, { jobId, lastAttempt: false, signal: new AbortController().signal });
  const steps = stopCounting();
  const { state } = await db.job.findUniqueOrThrow({
    where: { id: jobId },
    select: { state: true },
  });
  await disconnect();
  return { state, steps };
}

process.stdout.write('loaded\n');
const lines = createInterface({ input: process.stdin });
for await (const line of lines) {
  const answer = await deliver(JSON.parse(line) as Delivery);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
  process.exit(0);
}
