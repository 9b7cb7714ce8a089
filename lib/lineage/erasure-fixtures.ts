// What tests of an erasure build: a release whose examples name a customer, and a model of it.
import { db } from '@/lib/db';
import { runJob } from '@/lib/jobs';
import { personEraseJob } from '@/lib/lineage/erase-jobs';
import { erasePerson } from '@/lib/lineage/erase-mutations';
import { findPerson } from '@/lib/lineage/person-queries';
import {
  createApproved,
  createApprovedBrief,
  freeze,
  questionOf,
} from '@/lib/releases/release-fixtures';
import { createDataset, createTeam } from '@/tests/factories-examples';
import { createModel } from '@/tests/factories-proofs';

export type Scene = Awaited<ReturnType<typeof createErasureScene>>;

export async function createErasureScene(name: string, customer: string) {
  const team = await createTeam(name);
  const { id: datasetId } = await createDataset(team.admin);
  const briefId = await createApprovedBrief(team.admin, team.reviewer, datasetId);
  for (let n = 0; n < 12; n += 1)
    await createApproved(team.writer, team.reviewer, datasetId, {
      prompt: n % 2 === 0 ? `${questionOf(n)} ${customer}` : questionOf(n),
    });
  const releaseId = await freeze(team.admin, datasetId, briefId);
  return {
    team,
    customer,
    datasetId,
    briefId,
    releaseId,
    modelId: await createModel(team, releaseId),
  };
}

/** Finds the customer and has exactly that erased; answers the job that waits for a worker. */
export async function requestErasure({ team, customer }: Scene): Promise<string> {
  const { seen } = await findPerson(team.admin, { text: customer });
  return (await erasePerson(team.admin, { text: customer, seen })).jobId;
}

/** One delivery of an erasure's job, and how the job stands after it. */
export async function deliverErasure(jobId: string) {
  await runJob(personEraseJob, { jobId, lastAttempt: true, signal: new AbortController().signal });
  return db.job.findUniqueOrThrow({ where: { id: jobId } });
}

export const filesOf = (releaseId: string): Promise<number> =>
  db.export.count({ where: { releaseId } });
