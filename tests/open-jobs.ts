import { db } from '@/lib/db';
import { jobDefinitions } from '@/lib/job-index';
import type { Prisma } from '@/prisma/generated/client';

/** What the workspace owes, whoever began it: it takes none of the places. */
export const owedKinds = jobDefinitions
  .filter(({ forWorkspace }) => forWorkspace)
  .map(({ kind }) => kind);

/** The jobs of a workspace that take a place. */
export const openJobs = (workspaceId: string): Promise<{ id: string }[]> =>
  db.job.findMany({
    where: { workspaceId, state: { in: ['queued', 'running'] }, kind: { notIn: owedKinds } },
    select: { id: true },
  });

export const endJob = (id: string) =>
  db.job.update({
    where: { id },
    data: { state: 'done', finishedAt: new Date() },
    select: { id: true },
  });

const endJobs = (where: Prisma.JobWhereInput) =>
  db.job.updateMany({
    where: { ...where, finishedAt: null },
    data: { state: 'done', finishedAt: new Date() },
  });

/** Ends what waits in any workspace, as a worker would have by now. */
export async function endOpenJobs(): Promise<void> {
  await endJobs({});
}

/** Ends what waits beside one job. */
export async function endOtherJobs(jobId: string): Promise<void> {
  await endJobs({ id: { not: jobId } });
}
