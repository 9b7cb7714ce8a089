// The worker is killed right before a step of a job (a statement, a file operation, a program that
// it starts), and the job is delivered again: the end is that of a job that nobody disturbed.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '@/bin/start/paths.mjs';
import type { QueueName } from '@/lib/queue';
import { testDatabase } from '@/tests/database';
import { jobProcesses } from '@/tests/faults/job-processes';
import { scenarios } from '@/tests/faults/job-scenarios';
import {
  brokenFiles,
  closeForCopies,
  copyInstallation,
  differences,
  endOtherJobs,
  idsIn,
  linesOf,
  readTables,
  tablesWithFiles,
} from '@/tests/faults/snapshot';
import { keepFigures } from '@/tests/figures';
import { isLong } from '@/tests/form';

/** Kills at a time; two cores. */
const AT_ONCE = 2;
/** Steps beyond the first of each kind that the short form takes, spread evenly. */
const MORE_STEPS = 3;
const env = { TRAINER_PYTHON: join(root, 'tests/faults/stand_in_trainer.py') };

let processes: Awaited<ReturnType<typeof jobProcesses>>;
let known: Set<string>;
const jobs = new Map<string, string>();

beforeAll(async () => {
  processes = await jobProcesses();
  for (const [kind, prepare] of Object.entries(scenarios)) jobs.set(kind, await prepare());
  known = idsIn(await readTables(testDatabase().directUrl));
  await closeForCopies();
});
afterAll(() => processes.end());

type Kind = keyof typeof scenarios;

/** Runs a job on a copy: killed at a step (0: not at all), then delivered again until it is done. */
async function endOf(kind: Kind, killAt: number) {
  const copy = await copyInstallation(env);
  const jobId = jobs.get(kind) ?? '';
  await endOtherJobs(copy.env.DATABASE_DIRECT_URL ?? '', jobId);
  const read = async (only?: string[]) => {
    const tables = await readTables(copy.env.DATABASE_DIRECT_URL ?? '', only);
    expect(brokenFiles(tables, copy.env.DATA_DIR ?? ''), `killed at ${killAt}`).toEqual([]);
    return tables;
  };
  try {
    const first = await processes.deliver({ env: copy.env, jobId, killAt });
    if (first.killed) await read(tablesWithFiles);
    const last = first.killed
      ? await processes.deliver({ env: copy.env, jobId, killAt: 0 })
      : first;
    if (last.killed) throw new Error('killed where nothing kills');
    expect(last.state).toBe('done');
    return { killed: first.killed, steps: last.steps, lines: linesOf(await read(), known) };
  } finally {
    await copy.remove();
  }
}

/** Jobs of which the short form takes one of so many kinds of steps: most are reading, and each costs seconds. */
const oneOf: Partial<Record<Kind, number>> = {
  'proof.answer': 3,
  'regression.ask': 3,
  'curve.measure': 3,
};

/** Which steps to kill at: all, or the first of every kind and some between. */
function chosen(kind: Kind, steps: string[]): number[] {
  const every = steps.map((_, at) => at + 1);
  if (isLong) return every;
  const some = Array.from({ length: MORE_STEPS }, (_, n) =>
    Math.ceil(((n + 0.5) * steps.length) / MORE_STEPS),
  );
  const firsts = every
    .filter((n) => steps.indexOf(steps[n - 1] ?? '') === n - 1)
    .filter((_, at) => at % (oneOf[kind] ?? 1) === 0);
  return every.filter((n) => firsts.includes(n) || some.includes(n));
}

/** The least number of steps that each job has; fewer would mean that they are not counted. */
const least: Record<Exclude<QueueName, 'model.ask'>, number> = {
  'import.check': 20,
  'import.commit': 25,
  'import.undo': 12,
  'example.bulk': 25,
  'brief.recheck': 20,
  'release.freeze': 60,
  'run.train': 60,
  'proof.answer': 30,
  'person.erase': 30,
  'webhook.deliver': 12,
  'regression.ask': 20,
  'curve.measure': 20,
};

describe.each(Object.keys(scenarios) as Kind[])('%s', (kind) => {
  test('killed at a step and delivered again, it ends as if nothing had been', async () => {
    const undisturbed = await endOf(kind, 0);
    expect(undisturbed.steps.length).toBeGreaterThan(least[kind]);
    const waiting = chosen(kind, undisturbed.steps);
    let killed = 0;
    const work = async () => {
      for (let n = waiting.shift(); n !== undefined; n = waiting.shift()) {
        const end = await endOf(kind, n);
        const place = `killed before step ${n}, ${undisturbed.steps[n - 1]}`;
        expect(differences(undisturbed.lines, end.lines), place).toEqual([]);
        if (end.killed) killed += 1;
      }
    };
    const wanted = waiting.length;
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    // Progress is written by the clock, so a job may have a step less than the one that was counted.
    expect(killed).toBeGreaterThan(wanted * 0.9);
    keepFigures(`kills-${kind}`, { killed, steps: undisturbed.steps.length });
  }, 3_600_000);
});
